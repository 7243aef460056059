# Each method below names self.env._ once, for the sentences to stay readable.
# pylint: disable=prefer-env-translation
from odoo import models


class VipImport(models.Model):
    """What is wrong and what to do, in the words of a shop. `{detail}` is filled in."""

    _inherit = "vip.import"

    def _problem_texts(self):
        """Return the sentence for each code of a problem."""
        return (
            self._cell_texts()
            | self._date_texts()
            | self._person_texts()
            | self._store_texts()
            | self._ticket_texts()
        )

    def _cell_texts(self):
        _ = self.env._
        return {
            "formula": _(
                "The cell holds a formula or an error. Copy the column and paste it as"
                " values, then save the file again."
            ),
            "too_long": _("The text is longer than {detail} characters. Shorten it."),
            "control": _("The text holds invisible control characters. Type it anew."),
            "scientific": _(
                "The spreadsheet has shortened this number and its digits are lost."
                " Format the column as text, fill it again and save the file."
            ),
            "amount": _("This is not a number. Write it like 1234.50."),
            "comma": _(
                "A comma separates thousands only. Write 1234.50 or 1,234.50; a decimal"
                " comma is not read."
            ),
            "decimals": _("More than {detail} decimals. Round the amount."),
            "too_big": _("The number is too big to be true. Correct it."),
            "gender": _("Write female, male or other, or leave the cell empty."),
            "calendar": _("Write solar or lunar, or leave the cell empty."),
            "source": _(
                "Write store, event, referral, partner or online, or leave the cell"
                " empty."
            ),
            "surplus": _(
                "The row has more cells than the headings ({detail}). Put text that"
                " holds a comma, such as 1,234.50, in quotation marks."
            ),
            "long_row": _("The row is too long to be true. Correct or delete it."),
        }

    def _date_texts(self):
        _ = self.env._
        return {
            "date": _("This is not a date. Write it like 2024-03-25."),
            "date_order": _(
                "Day and month cannot be told apart. Write year, month, day, like"
                " 2024-03-25."
            ),
            "date_range": _("The year is out of range. Correct it."),
            "no_such_day": _("There is no such day. Correct the date."),
            "time": _("This is not a time. Write it like 2024-03-25 14:30."),
            "lunar_day": _(
                "A lunar birthday has a month from 1 to 12 and a day from 1 to 30:"
                " write it like 8-15."
            ),
            "future": _("The date lies in the future. Correct it."),
            "date_empty": _("The date of the sale is missing."),
            "amount_empty": _("The amount is missing."),
        }

    def _person_texts(self):
        _ = self.env._
        return {
            "nobody": _("Neither phone nor card number: nobody can be found by this."),
            "name": _("The name is missing."),
            "phone_empty": _("The phone number is missing."),
            "phone_several": _(
                "This is more than one number. Keep one mobile number, like {detail}."
            ),
            "phone_landline": _(
                "This is not a mobile number. Write one like {detail}."
            ),
            "phone_invalid": _(
                "This is not a phone number. Write the whole mobile number, like"
                " {detail}, or a foreign one with + and its country code."
            ),
            "phone_twice": _("The same phone number as in row {detail}. Keep one row."),
            "card_twice": _("The same card number as in row {detail}. Keep one row."),
            "member_twice": _("The same member as in row {detail}. Keep one row."),
            "archived": _(
                "This number belongs to an archived contact. Unarchive her, or leave"
                " the row out."
            ),
            "conflict": _(
                "Phone and card belong to two different people in Odoo. Correct one of"
                " the two."
            ),
            "card_other_phone": _(
                "The member with this card has another phone number in Odoo. Correct"
                " one of the two."
            ),
            "referrer_left_empty": _(
                "No member has this number; the referrer is left empty."
            ),
            "refused": _("Odoo refused this member: {detail}"),
            "buyer": _(
                "No member with this phone or card, neither in Odoo nor among the good"
                " rows of the members file."
            ),
            "buyer_conflict": _("Phone and card belong to two different members."),
            "buyer_refused": _("The member of row {detail} could not be imported."),
        }

    def _store_texts(self):
        _ = self.env._
        return {
            "store": _(
                "There is no store with this code or name. Correct it, or choose to"
                " create missing stores."
            ),
            "store_foreign": _("This store belongs to another company."),
            "store_empty": _(
                "No store. Name one in the row, or choose a store of rows without one."
            ),
            "tier": _("There is no tier of this name. Correct it, or create the tier."),
            "employee": _(
                "There is no employee with this badge or name. Correct it, or leave the"
                " cell empty."
            ),
            "employee_several": _(
                "Several employees have this name. Write the badge number."
            ),
            "employee_left": _(
                "This employee has left. Name who looks after the member now, or leave"
                " the cell empty."
            ),
            "employee_left_empty": _(
                "There is no employee with this badge or name; it is left empty."
            ),
            "employee_several_left_empty": _(
                "Several employees have this name; it is left empty."
            ),
        }

    def _ticket_texts(self):
        _ = self.env._
        return {
            "ticket_mixed": _(
                "The ticket of row {detail} has the same number, but another member,"
                " day or store. If stores number alike, put the store's code before"
                " the number."
            ),
            "ticket_part": _(
                "Row {detail} of the same ticket has an error. A ticket is imported"
                " whole or not at all."
            ),
            "ticket_differs": _(
                "A ticket with this number is in Odoo already, with another member or"
                " amount."
            ),
        }

    def _file_error_text(self, error):
        """Return the sentence for a file that cannot be read."""
        _ = self.env._
        details = error.details
        if error.code == "column_missing":
            accepted = "\n".join(
                "• " + self._accepted(details["kind"], group)
                for group in details["missing"]
            )
            return _(
                "A column is missing. The first row must hold the headings; one of each"
                " line is needed:\n%(accepted)s\nThe file has: %(found)s",
                accepted=accepted,
                found=", ".join(heading[:40] for heading in details["found"][:20]),
            )
        if error.code == "column_twice":
            return _(
                "Two columns mean the same: %(headings)s. Keep one.",
                headings=", ".join(details["headings"]),
            )
        return self._file_texts(details)[error.code]

    def _file_texts(self, details):
        _ = self.env._
        count, row = details.get("count"), details.get("row")
        return {
            "empty": _("The file is empty."),
            "old_excel": _(
                "This is an old Excel file (.xls) or one with a password. Open it and"
                " save it as .xlsx without a password, or as CSV UTF-8."
            ),
            "html": _(
                "This is a web page, whatever its name says. Open it in a spreadsheet"
                " and save it as .xlsx or CSV UTF-8."
            ),
            "no_table": _(
                "This is neither CSV nor XLSX. Open the table in a spreadsheet and save"
                " it as .xlsx or CSV UTF-8."
            ),
            "broken_xlsx": _(
                "The XLSX file is damaged. Open it in a spreadsheet and save it again."
            ),
            "bomb": _("The XLSX file unpacks to more than can be read. Use CSV UTF-8."),
            "encoding": _(
                "The characters of this file cannot be read with certainty. Save it as"
                " “CSV UTF-8”."
            ),
            "quotes": _(
                "Row %(row)s: a quotation mark is opened and not closed as CSV requires"
                " it. Correct it, or save the file as .xlsx.",
                row=row,
            ),
            "headings_unreadable": _(
                "The headings in row %(row)s are unreadable.", row=row
            ),
            "too_large": _(
                "The file is larger than %(size)s MB. Divide it.",
                size=details.get("size"),
            ),
            "many_columns": _("The file has more than %(count)s columns.", count=count),
            "many_rows": _(
                "The file has more than %(count)s rows. Divide it.", count=count
            ),
        }
