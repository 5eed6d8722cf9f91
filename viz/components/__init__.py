"""What plotly cannot do at speed, on Streamlit's Components v2."""
