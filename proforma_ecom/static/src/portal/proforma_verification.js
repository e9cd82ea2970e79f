import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

const GROUP = /.{8}(?=.)/g;

/** Compare a file with the fingerprints on the page; it never leaves the browser. */
export class ProformaVerification extends Interaction {
    static selector = ".o_proforma_file";
    dynamicContent = {
        ".o_proforma_drop": {
            "t-on-dragover.prevent": () => this.setOver(true),
            "t-on-dragleave": () => this.setOver(false),
            "t-on-drop.prevent": this.onDrop,
            "t-att-class": () => ({
                "d-none": !this.canCompute,
                o_proforma_over: this.isOver,
            }),
        },
        "input[type=file]": {"t-on-change": this.onChoose},
        "[data-result]": {
            "t-att-class": (el) => ({"d-none": el.dataset.result !== this.result}),
        },
        ".o_proforma_own": {"t-att-class": () => ({"d-none": !this.fingerprint})},
        ".o_proforma_own .o_proforma_fingerprint": {
            "t-out": () => this.fingerprint.replace(GROUP, "$& "),
        },
    };

    setup() {
        // Browsers withhold it on plain http, except on the machine itself.
        this.canCompute = Boolean(window.crypto && window.crypto.subtle);
        this.result = this.canCompute ? "" : "insecure";
        this.fingerprint = "";
        this.isOver = false;
    }

    setOver(isOver) {
        this.isOver = isOver;
    }

    async onDrop(ev) {
        this.isOver = false;
        await this.compare(ev.dataTransfer.files[0]);
    }

    async onChoose(ev) {
        await this.compare(ev.currentTarget.files[0]);
    }

    /** @param {File} file */
    async compare(file) {
        if (!file || !this.canCompute) {
            return;
        }
        // Whichever file was chosen last is answered, however long others take.
        this.file = file;
        this.show("computing", "");
        let fingerprint = "";
        try {
            fingerprint = await this.waitFor(this.computeFingerprint(file));
        } catch {
            fingerprint = "";
        }
        if (this.file === file) {
            this.show(this.judge(fingerprint), fingerprint);
        }
    }

    show(result, fingerprint) {
        this.result = result;
        this.fingerprint = fingerprint;
        this.updateContent();
    }

    judge(fingerprint) {
        const {original, signed} = this.el.dataset;
        switch (fingerprint) {
            case "":
                return "unreadable";
            case original:
                return "original";
            case signed:
                return "signed";
            default:
                return "other";
        }
    }

    async computeFingerprint(file) {
        const content = await file.arrayBuffer();
        const digest = await window.crypto.subtle.digest("SHA-256", content);
        return [...new Uint8Array(digest)]
            .map((byte) => byte.toString(16).padStart(2, "0"))
            .join("");
    }
}

registry
    .category("public.interactions")
    .add("proforma_ecom.verification", ProformaVerification);
