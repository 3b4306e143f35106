"""What the command line says for each code that an administrator can mend."""

from __future__ import annotations

from commune_planning_plugin.core.errors import PlanningError
from province_hub.registry.faults import Fault

_ROLES = "technician:COMMUNE, head:COMMUNE, reviewer[:COMMUNE], approver, administrator, observer or agency"

_SENTENCES = {
    "account.exists": "there is an account {name} already",
    "account.name": "an account's name is 1 to 200 characters, without blanks",
    "account.unknown": "there is no account {name}; `users list` shows all",
    "application.no_role": (
        "the owner may make no roles: let a superuser run `createuser {role}` (PROVINCE_HUB_DATABASE names that role), then run"
        " `init` again"
    ),
    "code_list.unknown": "there is no code list {list}: see the table hub.code",
    "delegation.acts": "{acts}: a head delegates sign_off, return or consent",
    "delegation.date": "“{value}” is no date: 2026-01-31 or 31/01/2026",
    "delegation.giver": "{name} isn't the head of the commune {commune}, or the account is disabled",
    "delegation.period": "the last day is before the first, or over",
    "delegation.receiver": "{name} has no role in the commune {commune}, is its giver, or is disabled; `users list` shows all",
    "commune.unknown": "there is no commune {commune}; `communes list` shows all, `communes import` brings them in",
    "field.exists": "{layer} has an attribute, or its table a column, of the name {field} already",
    "field.length": "the length of {field} doesn't do: only text has one, and it can only become larger",
    "field.name": "{field} can't be the name of an attribute: letters and digits from a letter on, and no name that the hub uses",
    "field.type": "{field} can't have this type",
    "field.unknown": "{layer} has no attribute {field}",
    "hub.not_initialised": "the database isn't a hub yet: run `init` first",
    "audit.nothing": "there is no entry of the audit like that",
    "export.malformed": "the file is no export of the audit ({reason})",
    "head.malformed": "the file's head of the audit can't be read ({reason})",
    "key.lost": (
        "the key that the audit's heads are signed with isn't at {path}: bring it back from its backup; where it is lost for good,"
        " `audit key lost` makes another"
    ),
    "key_change.malformed": "what the file says of the hub's keys can't be read ({reason})",
    "key.never_used": "the hub has no key yet that could be lost: `audit key` makes the first one",
    "key.unreadable": "{path} is no key that this account can read ({reason})",
    "witness.altered": "{path} was altered since the hub wrote it, so it says nothing: take another copy of the export",
    "witness.unreadable": "{path} holds no head of the audit: give what a working copy printed, or an export",
    "layer.absent": "the hub has no layer {layer}",
    "layer.unknown": "the standard has no class {layer}; a name looks like QuyHoach.ChucNangSuDungDat_A",
    "organisation.code": "“{organisation}” is no code of an organisation: small letters, digits and . _ - , at most 40",
    "organisation.name": "the organisation {organisation} needs a name of at most 250 characters",
    "organisation.unknown": "there is no organisation {organisation}; `organisations list` shows all",
    "password.short": "a password has at least {least} characters",
    "province.another": "the database is that of province {province}",
    "province.unknown": "there is no province {province}",
    "role.malformed": f"{{role}} is no role: {_ROLES}",
    "role.missing": f"an account needs a role: --role with {_ROLES}; it can be repeated",
    "sample.other_system": "the sample lies in Khánh Hòa and needs its coordinate system, EPSG:9217; this hub has EPSG:{epsg}",
    "system.another": "the database has the coordinate system EPSG:{epsg}, for ever; another one needs a new database",
    "system.unknown": "EPSG:{epsg} is no VN-2000 system: {choices}",
    "value.length": "the default of {field} is longer than {limit} characters",
    "value.type": "{value} is no value of {field}'s type",
}

_FAULTS = {
    "file.missing": "there is no file {path}",
    "file.unreadable": "{path} is no vector file that GDAL can read: GeoPackage, Shapefile, GeoJSON …",
    "file.layer": "{path} has the layers {layers}: name one with --layer",
    "file.field": (
        "the file has no field {names}; it has {fields}: name the right ones with --code-field, --name-field, --kind-field"
    ),
    "file.empty": "{layer} has nothing in it",
    "file.csv": "{path} is no CSV file in UTF-8; spreadsheets call it “CSV UTF-8”",
    "file.column": "the column {name} is missing",
    "file.strange": "{name} is none of the columns: {columns}",
    "file.cells": "there are more cells than columns; text with a separator in it belongs in quotes",
    "crs.missing": "{path} doesn't say its coordinate system: give it with --crs, for example --crs EPSG:9217",
    "crs.unknown": "{crs} is no coordinate system that PROJ knows; EPSG:9217 is one",
    "crs.doubtful": "{crs} is drawn like VN-2000 but says WGS 84: give the right system with --crs, for example --crs EPSG:9217",
    "crs.abroad": "it lies outside Viet Nam: the file's coordinate system isn't that of its coordinates; --crs gives the right one",
    "crs.away": (
        "the data lies {degrees}° from the province's meridian ({meridian}°): the file's coordinate system isn't that of its"
        " coordinates, or the hub isn't this province's; --crs settles it"
    ),
    "geometry.empty": "it has no shape",
    "geometry.type": "it is a {found}, no polygon",
    "geometry.unreadable": "its shape can't be read; curves have to be made straight first",
    "geometry.not_finite": "its coordinates are none of the file's coordinate system; give the right one with --crs",
    "geometry.invalid": "its polygon is invalid ({reason}); QGIS's “Fix geometries” mends it",
    "commune.code": "“{value}” is no commune code: five digits",
    "commune.name": "the commune has no name",
    "commune.kind": "“{value}” doesn't say xã, phường or đặc khu: before the name, or in a field of its own (--kind-field)",
    "commune.twice": "the code {value} is there more than once; one commune is one feature (QGIS's “Dissolve” joins parts)",
    "delegation.acts": "{acts}: a head delegates sign_off, return or consent",
    "delegation.date": "“{value}” is no date: 2026-01-31 or 31/01/2026",
    "delegation.giver": "{name} isn't the head of the commune {commune}, or the account is disabled",
    "delegation.period": "the last day is before the first, or over",
    "delegation.receiver": "{name} has no role in the commune {commune}, is its giver, or is disabled; `users list` shows all",
    "commune.unknown": "there is no commune {value}; `communes list` shows all",
    "plan.code": "“{value}” is no plan code: 1 to 15 characters",
    "plan.name": "the plan has no name",
    "plan.twice": "the plan {value} is there more than once",
    "plan.unknown": "there is no plan {value}, neither in the table nor in the hub",
    "plan.parent": "there is no plan {value} to be its parent",
    "plan.circle": "the plan {value} would be above itself",
    "plan.choice": "“{value}” is none of the codes of {column}: {choices}",
    "plan.date": "“{value}” is no date in {column}: 2025-11-10 or 10/11/2025",
    "plan.stated_area_ha": "“{value}” is no area in hectares: 2620.42 or 2620,42",
    "plan.validity": "valid_to is before valid_from",
    "authority.choice": "“{value}” is none of the choices of {column}: {choices}",
    "authority.party": "“{value}” in {column} is no body: commune, province or organisation:CODE",
    "authority.flag": "“{value}” in {column} is neither yes nor no",
    "authority.date": "“{value}” is no date in {column}: 2025-11-10 or 10/11/2025",
    "authority.validity": "valid_to is before valid_from",
    "authority.signer": "who signed off may approve only where the commune approves and the province checks it later: post_check",
    "authority.document": "where {value} approves, the delegating document's number is needed",
    "authority.organisation": "there is no organisation {value}; `organisations list` shows all",
    "authority.overlap": "it is about the same plans as {other}, on common days; end one of them before the other begins",
}


def sentence(error: PlanningError) -> str:
    """Of an error; its code and details where there is none."""
    words = _SENTENCES.get(error.code)
    return words.format(**error.details) if words else str(error)


def fault_sentence(fault: Fault) -> str:
    """Of something wrong in a file, with its place."""
    words = _FAULTS[fault.code].format(**fault.details)
    return f"{fault.place}: {words}" if fault.place else words
