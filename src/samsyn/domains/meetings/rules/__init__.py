"""Pure decisions of the meeting room: nothing here reads or writes the database."""
