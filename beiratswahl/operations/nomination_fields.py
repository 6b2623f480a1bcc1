"""Felder eines Wahlvorschlags: what each is called in the table the office hands out and in what people are told."""

COLUMNS = (
    ("Familienname", "family_name", 26),
    ("Vornamen", "given_names", 22),
    ("Tag der Geburt", "birth_date", 15),
    ("Staatsangehörigkeit (Schlüssel)", "nationality", 18),
    ("Beruf", "profession", 22),
    ("Straße und Hausnummer", "street", 28),
    ("Postleitzahl", "postcode", 13),
    ("Ort", "town", 20),
    ("Genannt (1 bis 3)", "named", 12),
    ("Zustimmung liegt vor", "consent", 12),
    ("Wählbarkeit bescheinigt", "eligibility_certified", 13),
    ("Einwilligung der Eltern", "parental_consent", 13),
    ("Unvereinbares Amt (§ 5 KWG)", "incompatible_office", 24),
    ("Erklärung dazu liegt vor", "intent_declared", 13),
    ("Geschlecht (w, m, d; freiwillig, nur für die Statistik)", "sex", 16),
    ("Status nach § 56 Abs. 2 GemO (1, 2a, 2b, 2c, 2d oder Bürger)", "stands_as", 18),
    ("Nur bei Auskunftssperre: veröffentlichte Postleitzahl", "public_postcode", 16),
    ("Nur bei Auskunftssperre: veröffentlichter Ort", "public_town", 20),
)
#: columns that older templates do not have
LATER = frozenset({"incompatible_office", "intent_declared", "sex", "stands_as", "public_postcode", "public_town"})
HEAD_ROWS = (
    ("Kennwort", "keyword"),
    ("Kurzbezeichnung", "short_name"),
    ("Vertrauensperson", "contact_name"),
    ("Vertrauensperson: Straße und Hausnummer", "contact_street"),
    ("Vertrauensperson: Postleitzahl", "contact_postcode"),
    ("Vertrauensperson: Ort", "contact_town"),
    ("Vertrauensperson: Telefon", "contact_phone"),
    ("Vertrauensperson: E-Mail", "contact_email"),
    ("Stellvertretung", "deputy_name"),
    ("Stellvertretung: Straße und Hausnummer", "deputy_street"),
    ("Stellvertretung: Postleitzahl", "deputy_postcode"),
    ("Stellvertretung: Ort", "deputy_town"),
    ("Stellvertretung: Telefon", "deputy_phone"),
    ("Stellvertretung: E-Mail", "deputy_email"),
    ("Versammlung: Tag", "meeting_day"),
    ("Versammlung: Ort", "meeting_place"),
    ("Versammlung: eingeladen am", "meeting_invited_on"),
    ("Versammlung: Form der Einladung", "meeting_invitation"),
    ("Versammlung: Leitung", "meeting_leader"),
    ("Versammlung: Zahl der Teilnehmenden", "meeting_present"),
    ("Versammlung: geheim abgestimmt", "meeting_secret"),
    ("Versammlung: Niederschrift von fünf unterschrieben", "meeting_signed"),
    ("Versammlung: an Eides statt versichert", "meeting_affirmed"),
)

_ELSEWHERE = {"channel": "Eingangsweg", "signatures_waived": "Keine Unterschriften nötig, weil"}


def label_of(name: str) -> str:
    """What people call a field of `CandidateData` or `NominationData`, without the remarks in brackets."""
    known = {**{field: title for title, field, _ in COLUMNS}, **{field: title for title, field in HEAD_ROWS}, **_ELSEWHERE}
    return known.get(name, name).split(" (")[0]
