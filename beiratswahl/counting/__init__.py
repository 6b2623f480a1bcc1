"""DOOR of Wahlvorstand and counting teams: few, large, fast pages. Reads by `store.read`, writes by `operations`. Exports nothing."""
