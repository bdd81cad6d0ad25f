"""Which package gives an import, for packages that are well known; others are never guessed.

A name that nobody knows could be registered by anybody: it must be written down by the author.
"""

import sys
from collections.abc import Iterable

_OTHERWISE_NAMED = {
    "Bio": "biopython", "Crypto": "pycryptodome", "OpenSSL": "pyopenssl", "PIL": "pillow",
    "attr": "attrs", "bs4": "beautifulsoup4", "community": "python-louvain",
    "cv2": "opencv-python-headless", "dateutil": "python-dateutil", "docx": "python-docx",
    "dotenv": "python-dotenv", "faiss": "faiss-cpu", "fitz": "pymupdf", "git": "gitpython",
    "googleapiclient": "google-api-python-client", "ibis": "ibis-framework",
    "jose": "python-jose", "jwt": "pyjwt", "mpl_toolkits": "matplotlib",
    "multipart": "python-multipart", "pptx": "python-pptx", "psycopg": "psycopg[binary]",
    "psycopg2": "psycopg2-binary", "pylab": "matplotlib", "pywt": "pywavelets",
    "serial": "pyserial", "skimage": "scikit-image", "sklearn": "scikit-learn",
    "slugify": "python-slugify", "st_aggrid": "streamlit-aggrid", "umap": "umap-learn",
    "yaml": "pyyaml", "zmq": "pyzmq",
}  # fmt: skip
_NAMED_ALIKE = """
    accelerate aiofiles aiohttp aiosqlite alembic altair anthropic anywidget arrow arviz asyncpg
    astropy bokeh boto3 botocore bqplot cartopy catboost click colorcet cryptography cvxpy dash
    dash_bootstrap_components dask datasets datashader diffusers distributed django docutils duckdb
    evaluate fastapi fastparquet feedparser flask flask_cors flask_sqlalchemy folium fsspec gensim
    geopandas geopy gradio graphviz gspread gunicorn h5py holoviews httpx humanize hvplot igraph
    imageio ipycanvas ipydatagrid ipyleaflet ipympl ipython ipyvuetify ipywidgets jax jinja2
    joblib jsonschema keras langchain langchain_core langchain_openai langgraph librosa lightgbm
    lightning loguru lxml markdown matplotlib mistune mlflow mlxtend msgspec nbconvert nbformat
    networkx nltk numba numexpr numpy openai openpyxl optuna orjson pandas panel papermill param
    peewee pendulum pint plotly plotnine polars pooch prophet psutil pyarrow pydantic
    pydantic_settings pydeck pygments pymc pymongo pymysql pyproj pytz pyvis qiskit rasterio redis
    regex reportlab requests rich rioxarray s3fs scipy seaborn sentence_transformers shap shapely
    shiny shinywidgets simpy sktime solara spacy sqlalchemy sqlglot sqlmodel starlette statsmodels
    streamlit sympy tabulate tenacity tensorflow textblob tiktoken tokenizers torch torchvision
    tornado tqdm traitlets transformers typer ujson uvicorn vaex voila wandb websockets werkzeug
    wordcloud xarray xgboost xlrd xlsxwriter yfinance zarr
"""
_SAME_NAME = frozenset(_NAMED_ALIKE.split())


def distributions(imports: Iterable[str]) -> list[str]:
    """Name the packages that some imports come from, as far as they are well known."""
    found = {_distribution(each.partition(".")[0]) for each in imports}
    return sorted(name for name in found if name)


def _distribution(top: str) -> str:
    if top in sys.stdlib_module_names:
        return ""
    if top in _OTHERWISE_NAMED:
        return _OTHERWISE_NAMED[top]
    lowered = top.lower()
    return lowered.replace("_", "-") if lowered in _SAME_NAME else ""
