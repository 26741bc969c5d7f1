"""Who gets which answer from which address: one line for each name of the URL table."""

from collections.abc import Mapping
from typing import Any, Final

from gongjian.accounts.enums import Role
from gongjian.web.tests.expected_bridge import BRIDGE
from gongjian.web.tests.expected_cases import CASES
from gongjian.web.tests.lines import (
    AUDITS,
    CLERKS,
    EVERYBODY,
    EXPORT,
    FIGURES,
    MANAGE,
    OFFICER,
    OPEN,
    ORGANISERS,
    REPORT,
    SUBMIT,
    TRAIL,
    VERIFIES,
    Line,
    R,
)
from gongjian.web.tests.lines import BOTH as _BOTH
from gongjian.web.tests.lines import DEED as _DEED
from gongjian.web.tests.lines import row as _row

_ROW: Final = "/ledgers/employers/{employer}/"
_MEMBER: Final = "/ledgers/members/{member}/"
_PAPER: Final = "/imports/{paper}/"
_LIST: Final = {"address": "area={area}", "all": "1"}
_SAID: Final = {"word": "word-of-a-form", "text": "数不对"}


def _list(path: str, who: frozenset[Role], **more: Any) -> Line:
    return Line(path=path, who=who, **{"sees": OPEN} | more)


def _paper(path: str, **more: Any) -> Line:
    return Line(path=_PAPER + path, who=REPORT, own=True, **more)


def _person(path: str, **more: Any) -> Line:
    return Line(path=f"/staff/{path}", who=MANAGE, sees=MANAGE, **more)


_OWN: Final[dict[str, Any]] = {"get": (200, 302), "post": (200, 302)}
"""Pages of one's own account: which of them comes first depends on what is set up."""

TABLE: Final[Mapping[str, tuple[Line, ...]]] = {
    # ------------------------------------------------------------------ the frame
    "home": (Line(path="/"),),
    "home-figures": (Line(path="/home/figures/", who=FIGURES),),
    "home-changes": (Line(path="/home/changes/", who=TRAIL),),
    "help": (Line(path="/help/home/"),),
    # ------------------------------------------------------------------ people
    "staff": (Line(path="/staff/", who=MANAGE),),
    "roles": (Line(path="/staff/roles/"),),
    "person-new": (Line(path="/staff/new/", who=MANAGE, **_BOTH),),
    "person": (_person("{person}/"),),
    "post-new": (_person("{person}/posts/new/", **_BOTH),),
    "person-hand-over": (_person("{person}/hand-over/", **_BOTH),),
    "person-phone": (_person("{person}/phone/", get=200, post=(302, 422)),),
    "person-email": (_person("{person}/email/", get=200, post=(302, 422)),),
    "person-password": (_person("{person}/password/", get=None, post=200),),
    "person-stop": (_person("{person}/stop/", **_DEED),),
    "person-resume": (_person("{person}/resume/", get=None, post=422),),
    "person-second-factor": (_person("{person}/second-factor/", get=None, post=422),),
    "post-end": (_person("posts/{post}/end/", **_BOTH),),
    "post-stand-in": (_person("posts/{post}/stand-in/", **_BOTH),),
    # ------------------------------------------------------------------ lists
    "ledger": (
        _list("/ledgers/employers/?area={area}", OPEN, blind=OFFICER),
        _list("/ledgers/members/?tree=affiliation&union={union}", EXPORT, sees=EXPORT),
    ),
    "ledger-count": (_list("/ledgers/employers/count/?area={area}", OPEN, blind=OFFICER),),
    "ledger-places": (_list("/ledgers/employers/places/?area={area}", OPEN, blind=OFFICER),),
    "ledger-export": (
        _list("/ledgers/employers/export/", EXPORT, data=_LIST, get=None, post=302, blind=OFFICER),
        _list(
            "/ledgers/members/export/",
            ORGANISERS,
            sees=EXPORT,
            get=None,
            post=422,
            data={"unmask": "1", "ids": "{member}"},
        ),
    ),
    "ledger-download": (Line(path="/ledgers/downloads/{export}/", who=EXPORT, own=True),),
    "export-as": (
        _list(
            "/ledgers/employers/export/as/", EXPORT, data=_LIST, get=None, post=200, blind=OFFICER
        ),
    ),
    "ledger-view-save": (
        Line(path="/ledgers/employers/views/", who=OPEN, get=None, post=422),
        Line(path="/ledgers/members/views/", who=EXPORT, get=None, post=422),
    ),
    "ledger-view-change": (
        _list("/ledgers/employers/views/{view}/", OPEN, get=None, post=422, own=True),
    ),
    "ledger-batch": (
        _list(
            "/ledgers/employers/batch/",
            REPORT,
            get=None,
            post=200,
            blind=OFFICER,
            data={"ids": "{employer}"},
        ),
    ),
    "export-profiles": (Line(path="/ledgers/employers/templates/", who=EXPORT, **_BOTH),),
    "export-profile": (
        _list("/ledgers/employers/templates/{profile}/", EXPORT, own=True, **_BOTH),
    ),
    # ------------------------------------------------------------------ records
    "record": (_row(_ROW, OPEN, blind=OFFICER), _row(_MEMBER, EXPORT)),
    "record-new": (
        Line(path="/ledgers/employers/new/", who=REPORT, **_BOTH),
        Line(path="/ledgers/members/new/", who=CLERKS, **_BOTH),
    ),
    # A form that does not say what it was opened on is stale.
    "record-change": (
        _row(f"{_ROW}change/", REPORT, blind=OFFICER, post=409),
        _row(f"{_MEMBER}change/", CLERKS, post=409),
    ),
    "record-correct": (
        _row(f"{_ROW}correct/", REPORT, blind=OFFICER, post=409),
        _row(f"{_MEMBER}correct/", CLERKS, post=409),
    ),
    "record-annul": (
        _row(f"{_ROW}annul/", CLERKS, blind=OFFICER, **_BOTH),
        _row(f"{_MEMBER}annul/", CLERKS, **_BOTH),
    ),
    "record-merge": (
        _row(f"{_ROW}merge/", CLERKS, blind=OFFICER, **_BOTH),
        _row(f"{_MEMBER}merge/", CLERKS, **_BOTH),
    ),
    "record-unmask": (_row(f"{_MEMBER}unmask/", ORGANISERS, get=None, post=422),),
    "record-mask": (_row(f"{_MEMBER}mask/", EXPORT, **_DEED),),
    # ------------------------------------------------------------------ papers brought
    "imports": (Line(path="/imports/", who=REPORT),),
    "import-new": (
        Line(path="/imports/new/employers/", who=REPORT, **_BOTH),
        Line(path="/imports/new/members/", who=CLERKS, **_BOTH),
    ),
    "import-template": (
        Line(path="/imports/template/employers/", who=REPORT),
        Line(path="/imports/template/members/", who=CLERKS),
    ),
    "import-paste": (
        Line(path="/imports/paste/employers/", who=REPORT, **_BOTH),
        Line(path="/imports/paste/members/", who=CLERKS, **_BOTH),
    ),
    "import-drop": (Line(path="/imports/drop/", who=REPORT, get=None, post=422),),
    "import-together": (Line(path="/imports/together/{paper}/", who=REPORT, own=True),),
    "import": (_paper("", get=302),),
    "import-columns": (_paper("columns/", get=200, post=302),),
    "import-as": (_paper("as/", data={"ledger": "employers"}, get=None, post=(302, 422)),),
    "import-recheck": (_paper("recheck/", **_DEED),),
    "import-check": (_paper("check/", get=(200, 302)),),
    "import-row": (_paper("rows/3/", get=200, post=302),),
    "import-mend": (_paper("mend/", get=None, post=422),),
    "import-aside": (_paper("aside/", **_DEED),),
    "import-reveal": (_paper("reveal/", **_DEED),),
    "import-marked": (_paper("marked/", get=(200, 422), post=(200, 302, 422)),),
    "import-discard": (_paper("discard/", **_DEED),),
    "import-trial": (_paper("trial/", get=(200, 302), post=(302, 422)),),
    "import-commit": (_paper("commit/", get=None, post=422),),
    "import-done": (_paper("done/", get=302),),
    "import-stop": (_paper("stop/", get=None, post=422),),
    "import-again": (_paper("again/", get=None, post=422),),
    "import-back": (_paper("back/", get=None, post=(302, 422)),),
    "import-rest": (_paper("rest/", get=None, post=422),),
    # ------------------------------------------------------------------ figures
    "figures": (_row("/figures/?area={area}", FIGURES, blind=OFFICER),),
    "figure": (_row("/figures/members.total/?area={area}", FIGURES, blind=OFFICER),),
    "figures-keep": (Line(path="/figures/keep/", who=FIGURES, **_DEED),),
    "figure-overlap": (
        _row("/figures/agreements.employers/overlap/?area={area}", FIGURES, blind=OFFICER),
    ),
    "figure-rows": (
        _row("/figures/members.total/rows/?area={area}", FIGURES, blind=OFFICER),
        _row("/figures/members.total/rows/?tree=affiliation&union={union}", FIGURES),
    ),
    "figure-rows-export": (
        _row("/figures/members.total/rows/export/?area={area}", EXPORT, blind=OFFICER, **_DEED),
    ),
    "figure-rows-download": (
        Line(path="/figures/downloads/{figure_export}/", who=EXPORT, own=True),
    ),
    "evidence": (_row("/evidence/members.total/?area={area}", EXPORT, blind=OFFICER, **_DEED),),
    "evidence-download": (Line(path="/evidence/downloads/{evidence}/", who=EXPORT, own=True),),
    "doubts": (Line(path="/doubts/", who=FIGURES),),
    "doubt-new": (
        _row(
            "/doubts/new/members.total/?area={area}",
            FIGURES,
            blind=OFFICER,
            get=200,
            post=302,
            data=_SAID,
        ),
    ),
    "doubt": (_row("/doubts/{doubt}/", CLERKS, blind=OFFICER),),
    "doubt-answer": (_row("/doubts/{doubt}/answer/", CLERKS, blind=OFFICER, data=_SAID, **_DEED),),
    # Who did not ask may do neither.
    "doubt-again": (_row("/doubts/{doubt}/again/", frozenset(), blind=OFFICER, **_DEED),),
    "doubt-close": (_row("/doubts/{doubt}/close/", frozenset(), blind=OFFICER, **_DEED),),
    # ------------------------------------------------------------------ the wall chart
    "matrix": (_row("/matrix/?area={area}", FIGURES, blind=OFFICER),),
    "matrix-data": (_row("/matrix/data/?area={area}", FIGURES, blind=OFFICER),),
    # The month is not in the store of this world.
    "matrix-export": (
        _row(
            "/matrix/export/?area={area}&at=2011-12-25", EXPORT, blind=OFFICER, get=None, post=422
        ),
    ),
    # ------------------------------------------------------------------ reports
    "reports": (_row("/reports/?area={area}", FIGURES, blind=OFFICER),),
    "report-difference": (
        _row("/reports/difference/?area={area}&month=2011-06", FIGURES, blind=OFFICER),
    ),
    "report-difference-export": (
        # The month of this world is not locked.
        _row(
            "/reports/difference/export/",
            EXPORT,
            data={"area": "{area}", "month": "2011-07"},
            get=None,
            post=422,
            blind=OFFICER,
        ),
    ),
    "report-difference-download": (
        Line(path="/reports/difference/downloads/{sheet_export}/", who=EXPORT, own=True),
    ),
    "report-take": (
        _row("/reports/{report}/take/", SUBMIT, data={"step": "submit"}, blind=OFFICER, **_DEED),
    ),
    "report-urge": (
        _row(
            "/reports/urge/",
            frozenset({R.CITY_ORGANISER, R.COUNTY_ORGANISER}),
            data={"area": "{area}", "month": "2011-06"},
            get=None,
            post=422,
            blind=OFFICER,
        ),
    ),
    "report-open": (
        _row(
            "/reports/open/",
            frozenset({R.CITY_ORGANISER}),
            data={"area": "{area}", "month": "2011-05"},
            get=None,
            post=422,
            blind=OFFICER,
        ),
    ),
    "report-lock": (
        _row(
            "/reports/lock/",
            frozenset({R.CITY_ORGANISER}),
            data={"area": "{area}", "month": "2011-05"},
            blind=OFFICER,
            **_DEED,
        ),
    ),
    **BRIDGE,
    **CASES,
    # ------------------------------------------------------------------ to-dos and mail
    "todos": (Line(path="/todos/"),),
    "todos-seen": (Line(path="/todos/seen/", **_DEED),),
    "overdue": (
        Line(path="/todos/overdue/", who=FIGURES),
        _row("/todos/overdue/?area={area}", FIGURES, blind=OFFICER),
    ),
    # Only from above, and all people of the world stand at the very place.
    "overdue-urge": (
        _row("/todos/overdue/urge/", frozenset(), data={"area": "{area}"}, blind=OFFICER, **_DEED),
    ),
    "own-mail": (Line(path="/mail/", get=200, post=(302, 422)),),
    "mail-sent": (Line(path="/jobs/mail/", who=MANAGE),),
    # ------------------------------------------------------------------ rules
    "rules": (_row("/rules/?area={area}", FIGURES, blind=OFFICER),),
    "rule-pack": (_row("/rules/packs/{pack}/", FIGURES, blind=OFFICER),),
    "rule-pack-new": (Line(path="/rules/packs/new/", who=frozenset({R.CITY_ORGANISER}), **_BOTH),),
    "rule-pack-end": (
        _row(
            "/rules/packs/{pack}/end/",
            frozenset({R.CITY_ORGANISER}),
            blind=OFFICER,
            get=None,
            post=422,
        ),
    ),
    "calendar": (Line(path="/rules/calendar/", who=FIGURES),),
    # It is one calendar for everybody: whose post stands below the top may not.
    "calendar-enter": (Line(path="/rules/calendar/enter/", who=frozenset(), **_BOTH),),
    "calendar-correct": (Line(path="/rules/calendar/correct/", who=frozenset(), **_BOTH),),
    "calendar-withdraw": (
        Line(path="/rules/calendar/withdraw/", who=frozenset(), get=None, post=422),
    ),
    # ------------------------------------------------------------------ changes
    "changes": (Line(path="/changes/", who=TRAIL),),
    "trail": (Line(path="/changes/trail/", who=TRAIL),),
    "trail-link": (
        _row("/changes/trail/{look}/", TRAIL),
        _row("/changes/trail/{deed}/", TRAIL, blind=OFFICER),
    ),
    "looks": (Line(path="/changes/looks/", who=TRAIL, **_BOTH),),
    "access": (Line(path="/changes/access/", who=AUDITS),),
    "trail-verify": (Line(path="/changes/verify/", who=VERIFIES, get=200, post=302),),
    "trail-verified": (Line(path="/changes/verify/{check}/", who=VERIFIES),),
    "change": (
        _row("/changes/{change}/", TRAIL, blind=OFFICER),
        _row("/changes/{members_change}/", TRAIL),
    ),
    "change-undo": (_row("/changes/{members_change}/undo/", CLERKS, data={"why": "错"}, **_DEED),),
    "change-undo-panel": (_row("/changes/{members_change}/undo/panel/", TRAIL, part=True),),
    "change-foretell": (
        _row("/changes/{members_change}/undo/foretell/", CLERKS, get=None, post=(200, 422)),
    ),
    "search": (Line(path="/search/?q=公司", who=OPEN, post=200),),
    # ------------------------------------------------------------------ jobs and files
    "jobs": (Line(path="/jobs/"),),
    "jobs-under-way": (Line(path="/jobs/under-way/"),),
    "job": (Line(path="/jobs/{job}/", own=True),),
    "job-cancel": (
        Line(path="/jobs/{waiting}/cancel/", own=True, **_DEED),
        Line(path="/jobs/{job}/cancel/", own=True, get=None, post=422),
    ),
    "job-retry": (
        Line(path="/jobs/{job}/retry/", own=True, **_DEED),
        Line(path="/jobs/{waiting}/retry/", own=True, get=None, post=422),
    ),
    "file": (Line(path="/files/{file}/", own=True),),
    # ------------------------------------------------------------------ programs
    "api": (Line(path="/api/"),),
    "tokens": (Line(path="/tokens/"),),
    "token-new": (Line(path="/tokens/new/", who=EVERYBODY - MANAGE, **_BOTH),),
    "token-revoke": (Line(path="/tokens/{token}/revoke/", own=True, **_DEED),),
    # ------------------------------------------------------------------ machines
    "healthz": (Line(path="/healthz"),),
    "readyz": (Line(path="/readyz", get=(200, 503)),),
    "metrics": (Line(path="/metrics"),),
    # ------------------------------------------------------------------ one's own account
    "account_login": (Line(path="/accounts/login/", get=302, post=302),),
    "account_logout": (Line(path="/accounts/logout/", get=200, post=302),),
    "account_inactive": (Line(path="/accounts/inactive/"),),
    "account_reauthenticate": (Line(path="/accounts/reauthenticate/", get=200, post=200),),
    "account_change_password": (Line(path="/accounts/password/change/", get=200, post=200),),
    "account_reset_password": (Line(path="/accounts/password/reset/"),),
    "mfa_index": (Line(path="/accounts/2fa/"),),
    "mfa_authenticate": (Line(path="/accounts/2fa/authenticate/", get=302, post=302),),
    "mfa_reauthenticate": (Line(path="/accounts/2fa/reauthenticate/", **_OWN),),
    "mfa_activate_totp": (Line(path="/accounts/2fa/totp/activate/", **_OWN),),
    "mfa_deactivate_totp": (
        Line(path="/accounts/2fa/totp/deactivate/", get=(200, 404), post=(302, 404)),
    ),
    "mfa_view_recovery_codes": (
        Line(path="/accounts/2fa/recovery-codes/", get=(200, 302, 404), post=(404, 405)),
    ),
    "mfa_generate_recovery_codes": (Line(path="/accounts/2fa/recovery-codes/generate/", **_OWN),),
    "mfa_download_recovery_codes": (
        Line(path="/accounts/2fa/recovery-codes/download/", get=(200, 302, 404), post=(404, 405)),
    ),
    "mfa_list_webauthn": (Line(path="/accounts/2fa/webauthn/"),),
    "mfa_add_webauthn": (Line(path="/accounts/2fa/webauthn/add/", get=200, post=200),),
    "mfa_reauthenticate_webauthn": (Line(path="/accounts/2fa/webauthn/reauthenticate/", **_OWN),),
    "mfa_remove_webauthn": (
        Line(path="/accounts/2fa/webauthn/keys/{key}/remove/", own=True, get=200, post=302),
    ),
    "mfa_edit_webauthn": (
        Line(path="/accounts/2fa/webauthn/keys/{key}/edit/", own=True, get=200, post=200),
    ),
    "mfa_login_webauthn": (Line(path="/accounts/2fa/webauthn/login/", get=302, post=302),),
    "usersessions_list": (Line(path="/accounts/sessions/", get=200, post=302),),
}
"""Every address of the product; one without a line here makes a test fail."""
