"""Charts as BPMN 2.0 and back."""
