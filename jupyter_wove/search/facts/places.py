"""Names of data: the last part of a path or URL, if it can be one."""

import re
from urllib.parse import unquote, urlsplit

LONGEST = 120
_SUFFIXES = (
    "7z arff arrow avro bam bcf bed bmp bz2 cdf csv dat data db dcm docx dta duckdb edf fa"
    " fasta fastq feather fif fit fits flac gdb geojson gff gif gml gpkg gpx graphml grib"
    " grib2 gtf gz h5 h5ad hdf hdf5 html ipc jpeg jpg joblib json jsonl kml kmz las laz loom"
    " mat mid mp3 mp4 mtx nc nc4 ndjson nii npy npz ods ogg onnx orc parquet pcap pdb pdf"
    " pickle pkl png pt pth rda rdata rds root sas7bdat sav sdf shp sqlite sqlite3 svg tar"
    " tfrecord tfrecords tgz tif tiff topojson train tsv txt vcf wav webp xls xlsb xlsm xlsx"
    " xml xz zarr zip zst"
)
_DATA = frozenset(_SUFFIXES.split())
_NO_NAME = re.compile(r"[\0-\x1f<>|*?\[\]{}\"]")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/\\]")
_IN_SQL = re.compile(
    r"\b(?:from|join)\s+(?:\w+\s*\(\s*)?'([^'\n]{1,300}\.\w{1,10})'", re.IGNORECASE
)
_DATABASE = re.compile(r"(?:sqlite|duckdb):///([^\s?]{1,300})")
_FETCHES = re.compile(r"\s*(?:sudo\s+)?(?:wget|curl|gdown|aria2c|axel|gsutil|aws)\b")
_SHELL_URL = re.compile(r"(?:https?|ftp|s3|gs)://[^\s'\"<>|;)]{1,1000}")
_KAGGLE = re.compile(
    r"\s*kaggle\s+(?:datasets|competitions)\s+download\b.*?\s"
    r"(?:-[dc]\s+)?([\w-]{2,60}/[\w-]{2,60}|(?<=-c )[\w-]{2,60})"
)


def named(text: str) -> str | None:
    """Take the name of the data from where they are; None where nobody can tell it."""
    place = text.strip()
    if "\n" in place:
        return None
    if _URL.match(place):
        place = _path(place)
    name = _SEPARATORS.split(place.rstrip("/\\"))[-1].strip()
    is_name = (
        0 < len(name) <= LONGEST and not _NO_NAME.search(name) and any(map(str.isalnum, name))
    )
    return name if is_name else None


def is_data(name: str) -> bool:
    """Tell whether a file is data, by the end of its name."""
    return name.rpartition(".")[2].lower() in _DATA and not name.startswith(".")


def in_sql(text: str) -> list[str]:
    """List the files that a query reads."""
    return [name for each in _IN_SQL.findall(text) if (name := named(each))]


def in_address(text: str) -> list[str]:
    """List the file of a database that an address such as sqlite:///shop.db means."""
    return [name for each in _DATABASE.findall(text) if (name := named(each))]


def in_shell(line: str) -> list[str]:
    """List what a command downloads."""
    if match := _KAGGLE.match(line):
        return [match[1]]
    urls = _SHELL_URL.findall(line) if _FETCHES.match(line) else []
    names = [named(url) for url in urls]
    return [name for name in names if name and is_data(name)]


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""
