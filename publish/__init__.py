"""The site: a Datasette plugin, templates and static files over the database file."""
