"""Pages about bodies, their seats, and the functions people hold."""
