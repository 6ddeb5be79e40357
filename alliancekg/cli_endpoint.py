"""Who a command is to a remote store: the credentials of the environment, with a warning where they could be read on the way."""

from __future__ import annotations

import os

import click

from queries.address import address
from queries.credentials import Credentials, exposed, from_environment


def credentials_for(url: str) -> Credentials | None:
    """What the environment holds for the store at a URL. Raises EndpointError where either is not as it must be."""
    credentials = from_environment(os.environ)
    if warning := exposed(credentials, address(url)):
        click.echo(f"alliancekg: warning: {warning}", err=True)
    return credentials
