"""The search box: finds anything that one may see."""
