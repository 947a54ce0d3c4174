"""Reports: what actors saw, where and when; never who. From the phone to the coordinator's desk and back."""
