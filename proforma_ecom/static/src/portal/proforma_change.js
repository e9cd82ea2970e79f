import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const QUIET_MS = 300;

/** Recalculate a change while it is typed; the server says what everything costs. */
export class ProformaChange extends Interaction {
    static selector = ".o_proforma_change";
    dynamicContent = {
        "input[type=number]": {
            "t-on-input": this.debounced(this.recalculate, QUIET_MS),
        },
        "input[type=checkbox], select": {"t-on-change": this.recalculate},
        ".o_proforma_recalculate": {"t-att-class": () => ({"d-none": true})},
    };

    setup() {
        this.asked = 0;
    }

    start() {
        // Somebody was faster than this script, or came back to what he had typed.
        const inputs = [...this.el.querySelectorAll("input[type=number]")];
        if (inputs.some((input) => input.value !== input.defaultValue)) {
            this.recalculate();
        }
    }

    /** @returns {Object} What stands in the fields, by their names. */
    get typed() {
        const typed = {};
        for (const input of this.el.querySelectorAll("input[name], select[name]")) {
            if (input.type === "number" || input.tagName === "SELECT") {
                typed[input.name] = input.value;
            } else if (input.type === "checkbox" && input.checked) {
                typed[input.name] = input.value;
            }
        }
        return typed;
    }

    async recalculate() {
        const turn = ++this.asked;
        const {url, version} = this.el.dataset;
        const params = {version_id: version, typed: this.typed};
        let answer = {};
        try {
            answer = await this.waitFor(rpc(url, params));
        } catch {
            return; // Offline: what is sent is calculated by the server all the same.
        }
        // Whatever was typed last is shown, however long others take.
        if (turn === this.asked) {
            this.show(answer);
        }
    }

    /** @param {Object} answer See `_prepare_proforma_change_texts`. */
    show(answer) {
        const error = this.el.querySelector(".o_proforma_change_error");
        error.textContent = answer.error || "";
        error.classList.toggle("d-none", !answer.error);
        if (answer.error) {
            return;
        }
        for (const row of this.el.querySelectorAll("[data-field]")) {
            this.showRow(row, answer);
        }
        this.setText(this.el, "untaxed", answer.untaxed);
        this.setText(this.el, "total", answer.total);
        this.setText(this.el, "outcome", answer.outcome);
        this.setText(this.el, "difference", answer.difference || "\u00A0");
        const taxes = this.el.querySelector(".o_proforma_change_taxes");
        taxes.replaceChildren(...answer.taxes.map((tax) => this.makeTax(tax)));
    }

    showRow(row, {lines, errors}) {
        const name = row.dataset.field;
        const line = lines[name];
        const message = errors[name] || "";
        this.setText(row, "row_error", message);
        row.querySelector("input[type=number]").classList.toggle(
            "is-invalid",
            Boolean(message)
        );
        this.setText(row, "amount", (line && line.amount) || "–");
        if (line) {
            this.setText(row, "price", line.price);
            this.setText(row, "discount", line.discount);
        }
    }

    makeTax({label, amount}) {
        const row = document.createElement("div");
        row.className = "d-flex justify-content-between small text-muted";
        const name = document.createElement("span");
        name.textContent = label;
        const value = document.createElement("span");
        value.className = "text-nowrap";
        value.textContent = amount;
        row.append(name, value);
        return row;
    }

    setText(parent, name, text) {
        parent.querySelector(`.o_proforma_change_${name}`).textContent = text || "";
    }
}

registry.category("public.interactions").add("proforma_ecom.change", ProformaChange);
