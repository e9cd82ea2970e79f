import {registry} from "@web/core/registry";

const click = (content, trigger) => ({
    content,
    trigger,
    run: "click",
    expectUnloadPage: true,
});

const open = (content, trigger) => ({content, trigger, run: "click"});

/** The customer changes a quantity, offers a price, asks, and refuses all the same. */
registry.category("web_tour.tours").add("proforma_negotiation", {
    steps: () => [
        click("Change it", ".o_proforma_change_link"),
        {
            content: "Four trays instead of two",
            trigger: ".o_proforma_change_row:contains(Tray) input[type=number]",
            run: "edit 4",
        },
        {
            content: "The total follows",
            trigger: ".o_proforma_change_total:contains(1,440.00)",
        },
        click("Send the change", ".o_proforma_change button[value=send]"),
        {
            content: "It is done: there is a new version",
            trigger: ".alert-success:contains(Your change is done)",
        },
        click("Make an offer", ".o_proforma_offer_link"),
        {
            content: "Offer 1,400.00 for the whole",
            trigger: "#proforma_offer_amount",
            run: "edit 1400",
        },
        click("Send the offer", ".o_proforma_step form button[type=submit]"),
        {
            content: "It is accepted: the new version costs what was offered",
            trigger: ".o_proforma_card .o_proforma_total:contains(1,400.00)",
        },
        open("Ask about a line", ".o_proforma_line_question:eq(0) summary"),
        {
            content: "Type the question",
            trigger: ".o_proforma_line_question:eq(0) textarea",
            run: "edit Which colour is it?",
        },
        click("Send it", ".o_proforma_line_question:eq(0) button[type=submit]"),
        {
            content: "It stands at the line, with the time of the answer",
            trigger:
                ".o_proforma_line_answer:contains(Which colour):contains(answer by)",
        },
        open("Decline", ".o_proforma_decline summary"),
        {
            content: "Say what could be better",
            trigger: "#proforma_comment",
            run: "edit No budget this year",
        },
        click("Send the refusal", ".o_proforma_decline button[type=submit]"),
        {
            content: "It is declined, and one question is left",
            trigger:
                ".o_proforma_page:has([data-status=declined]) .o_proforma_feedback",
        },
    ],
});

/** The customer takes a change back that waits for us, then asks for it no more. */
registry.category("web_tour.tours").add("proforma_withdrawal", {
    steps: () => [
        click("Withdraw what waits", ".o_proforma_waiting button[type=submit]"),
        {
            content: "The version may be accepted again",
            trigger: ".o_proforma_card:has([data-status=issued]) .o_proforma_download",
        },
    ],
});

/** Renewed in one click after its last day. */
registry.category("web_tour.tours").add("proforma_renewal", {
    steps: () => [
        click("Ask for a renewal", ".o_proforma_renewal button[type=submit]"),
        {
            content: "The new version is there",
            trigger: ".o_proforma_card:has([data-status=issued]) .o_proforma_reference",
        },
    ],
});

/** The salesperson answers what waits: accepts one, refuses another with a word. */
registry.category("web_tour.tours").add("proforma_inbox", {
    steps: () => [
        open(
            "Accept the change",
            ".o_data_row:contains(Change) button[name=action_accept]"
        ),
        open("Confirm", ".modal button[name=action_send]:visible"),
        {
            content: "It is gone from the inbox",
            trigger:
                "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains(Change)))",
        },
        open(
            "Refuse the offer",
            ".o_data_row:contains(Counter) button[name=action_refuse]"
        ),
        {
            content: "Say why",
            trigger: ".modal [name=message] textarea",
            run: "edit This is our best price.",
        },
        open("Send", ".modal button[name=action_send]:visible"),
        {
            content: "Nobody waits any more",
            trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row))",
        },
    ],
});
