"""beiratswahl: the election of the Beirat für Migration und Integration in Rheinland-Pfalz.

Nothing runs on import. The rooms of the house and who may import whom stand in the README.
"""

__version__ = "0.1.0"
