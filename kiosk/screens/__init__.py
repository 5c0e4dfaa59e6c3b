"""The kiosk's pages as widgets: thin, each built for one theme and one language, each told of a new Sight."""
