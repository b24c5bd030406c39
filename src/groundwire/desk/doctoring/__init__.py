"""What the doctor looks at, one file a part; :mod:`groundwire.desk.doctor` calls them all."""
