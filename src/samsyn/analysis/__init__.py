"""Analysis methods: arrays in, frozen results out. No Django."""
