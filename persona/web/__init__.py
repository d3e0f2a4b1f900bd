"""The browser application: questionnaire, reports and lists as pages on this machine."""
