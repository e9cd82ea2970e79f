import {ComboConfiguratorDialog} from "@sale/js/combo_configurator_dialog/combo_configurator_dialog";
import {patch} from "@web/core/utils/patch";

/** What the visitor is choosing the parts of a combo for. */
export const purpose = {isProforma: false};

patch(ComboConfiguratorDialog.prototype, {
    setup() {
        super.setup(...arguments);
        this.isForProforma = Boolean(this.props.isFrontend) && purpose.isProforma;
        purpose.isProforma = false; // The next dialog may be for something else.
    },
});
