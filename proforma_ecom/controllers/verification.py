import re

from odoo import fields, http
from odoo.http import request

from ..models.proforma_proof_mixin import TOKEN, VERIFICATION_PATH
from ..reports.formatter import DocumentFormatter
from ..utils import group_text, normalize_code

# Nobody keeps the page or learns its address, which opens it to whoever has it; nobody
# shows it inside of his own, to lend a forged paper its answer.
PRIVATE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


class ProformaVerification(http.Controller):
    @http.route(
        [VERIFICATION_PATH, f"{VERIFICATION_PATH}/<string:reference>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def proforma_verify(self, reference=None, code=None, **kwargs):
        """Say whether the paper in hand is genuine and current."""
        if reference is not None:
            return self._verify(reference)
        if code is None:
            return self._render_page("ask")
        if found := self._get_reference(code):
            return self._seal(request.redirect(f"{VERIFICATION_PATH}/{found}"))
        return self._render_page("incomplete")

    def _get_reference(self, text):
        """Return the code or token in what was typed or pasted, or ""."""
        end = re.split(r"[?#]", text.strip())[0].rstrip("/").rpartition("/")[2]
        return end if TOKEN.fullmatch(end) else normalize_code(end)

    def _verify(self, reference):
        """Return the page of a token or a code.

        Who has a token has the paper or a copy of it: it is too long to be guessed, so
        it is answered however many look-ups failed before. Existing or not, the same
        questions are asked.
        """
        address = request.httprequest.remote_addr
        attempts = request.env["proforma.verification.attempt"]
        version = request.env["proforma.version"]._find_by_reference(reference)
        is_limited = attempts._is_limited(address)
        if version and (version.token == reference or not is_limited):
            return self._render_version(version)
        if is_limited:
            response = self._render_page("limited", 429)
            now = fields.Datetime.now()
            response.headers["Retry-After"] = 3600 - now.minute * 60 - now.second
            return response
        attempts._note_failure(address)
        return self._render_page("unknown", 404)

    def _render_version(self, version):
        """Return the page that tells how a version stands."""
        state = version._get_verification_state()
        if state == "unsure":
            return self._render_page(state)
        facts = version._prepare_public_facts()
        return self._render_page(
            state,
            facts=facts,
            fmt=DocumentFormatter(request.env, request.env.lang, facts["currency"]),
            fingerprint=lambda text: group_text(text, 8),
            res_company=version.company_id,
        )

    def _render_page(self, state, status=200, facts=None, **values):
        """Return the page in one of its states."""
        answers = request.env["proforma.version"]._get_verification_answers(facts)
        response = request.render(
            "proforma_ecom.proforma_verification_page",
            {"state": state, "answer": answers.get(state), "facts": facts, **values},
        )
        response.status_code = status
        return self._seal(response)

    def _seal(self, response):
        """Return a response that is neither kept, indexed, framed nor told on."""
        response.headers.update(PRIVATE_HEADERS)
        return response
