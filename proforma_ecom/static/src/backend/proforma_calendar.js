import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";

// The same view under a name of its own, for the style sheet beside this file.
registry.category("views").add("proforma_calendar", calendarView);
