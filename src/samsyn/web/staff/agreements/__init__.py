"""Pages about agreements: Läget i avtalet, the year wheel, the law meter, contacts, setting up."""
