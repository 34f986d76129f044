"""The REST resources: what the pages do, for programs."""

from fastapi import APIRouter

router = APIRouter()
