"""The data room: files in, what came of them, and the rows that figures rest on."""
