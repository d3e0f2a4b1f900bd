"""How to execute the method a company runs on: execution reading, plays and the plan."""
