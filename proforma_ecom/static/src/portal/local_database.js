import {IndexedDB} from "@web/core/utils/indexed_db";
import {browser} from "@web/core/browser/browser";
import {patch} from "@web/core/utils/patch";

// In milliseconds. A database of the browser answers within some of them, or never.
const PATIENCE = 1500;

let isStuck = false;

/**
 * Go on without the local database if it does not answer, as core does if it fails.
 *
 * Core's scripts begin with the translations that they have put there. A page that the
 * visitor leaves while it makes the database may be kept by the browser for "Back", and
 * the database with it: no script of core ever starts on the next page. Who accepts in
 * the first second of his first visit would get no form to sign.
 */
patch(IndexedDB.prototype, {
    // All that is asked for waits here, also while core makes the database anew.
    async execute(callback) {
        if (isStuck) {
            return callback();
        }
        let timer = null;
        const silence = new Promise((resolve) => {
            timer = browser.setTimeout(() => {
                isStuck = true;
                resolve(callback());
            }, PATIENCE);
        });
        const answer = super.execute(...arguments);
        return Promise.race([answer, silence]).finally(() =>
            browser.clearTimeout(timer)
        );
    },
});
