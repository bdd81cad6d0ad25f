"""How fast Wove is: programs that print figures, each to be read with the machine it ran on."""
