"""The café as pure data: events, a fold, decisions and tallies. No clock, no chance, no network."""
