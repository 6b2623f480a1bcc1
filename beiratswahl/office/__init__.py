"""DOOR of the Wahlamt. Reads by `store.read`, writes by `operations`; never imports another door. Exports nothing."""
