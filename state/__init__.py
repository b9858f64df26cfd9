"""What happened in a café: pure domain, durable stores, live rooms. Imports content, never Streamlit pages."""
