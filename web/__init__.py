"""What the app answers over HTTP beside the Streamlit script: links, the live stream, answers, health."""
