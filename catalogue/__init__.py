"""What an outlet can be and can offer: the 318 outlets and the services, loaded from the files in data/.

The files' origin, the repairs and the rule of the codes are in data/SOURCES.md; samples.toml holds sample
settings. What an outlet really offers is in its broker's journal, seeded from here once.
"""

from catalogue.bilingual import Bilingual
from catalogue.outlets import Level, Outlet, load_outlets
from catalogue.problems import CatalogueError, Problem
from catalogue.samples import OneDay, Samples, Sector, ServiceClass, load_samples
from catalogue.services import Service, heading_and_detail, load_services

__all__ = [
    "Bilingual",
    "CatalogueError",
    "Level",
    "OneDay",
    "Outlet",
    "Problem",
    "Samples",
    "Sector",
    "Service",
    "ServiceClass",
    "heading_and_detail",
    "load_outlets",
    "load_samples",
    "load_services",
]
