from lxml import html

# What needs a script to be seen, as XPath.
HIDDEN = " or ".join(
    f"contains(concat(' ', @class, ' '), ' {name} ')"
    for name in ("d-none", "collapse", "modal")
)


class FormsCommon:
    """Fills in and sends forms as a browser without scripts does: the fields and the
    buttons that are in the page, and no others. To be mixed with an `HttpCase`.
    """

    def _find_form(self, response, action):
        """Return the form of a page that is sent to an address.

        :param requests.Response response: The page.
        :param str action: The end of the address, without what follows the `?`.
        :rtype: lxml.html.FormElement
        """
        page = html.fromstring(response.content, base_url=response.url)
        page.make_links_absolute()
        forms = [
            form
            for form in page.forms
            if (form.action or response.url).split("?")[0].endswith(action)
        ]
        self.assertTrue(forms, f"There is no form for {action} on {response.url}")
        self.assertFalse(forms[0].xpath(f"ancestor-or-self::*[{HIDDEN}]"))
        return forms[0]

    def _submit(self, response, action, button=None, **typed):
        """Fill in a form of a page and send it.

        :param str button: The value of the button that is pressed, if they differ.
        :param typed: Name of a field -> what is typed or chosen; True ticks a box.
        :return: The page that follows.
        """
        form = self._find_form(response, action)
        for name, value in typed.items():
            self.assertIn(name, form.inputs, f"The form has no field {name}")
            if value is True:
                form.inputs[name].checked = True
            else:
                form.fields[name] = value
        pressed = form.xpath(".//button[@type='submit' or not(@type)]")
        if button:
            pressed = [found for found in pressed if found.get("value") == button]
        self.assertTrue(pressed, "There is nothing to press")
        values = form.form_values()
        if pressed[0].get("name"):
            values.append((pressed[0].get("name"), pressed[0].get("value") or ""))
        return self.url_open(form.action or response.url, data=dict(values))
