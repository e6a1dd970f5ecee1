"""A coordinator and the people of the area: who they are, how to find, register and greet one."""
