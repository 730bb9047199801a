"""Sentences about the trade: people, goods, demos, orders, money, papers, settings, numbers. Codes and words only."""

from directsell.i18n import N_

TRADE: dict[str, str] = {
    # people
    "person.nameless": N_("Enter at least a given name, a family name or a company."),
    "person.birthday": N_("This is not a date. Enter a day like 24.12.1980, or day and month only."),
    "person.open_orders": N_("This person has {count} open orders. Deliver or cancel them first."),
    # catalogue
    "brand.name": N_("Enter the name of the brand."),
    "product.code": N_("Enter the code of the product, as it stands in the catalogue."),
    "product.name": N_("Enter the name of the product."),
    "product.code_taken": N_("This code already belongs to “{name}”. Choose another one, or change that product."),
    "price.negative": N_("A price cannot be negative."),
    "price.period": N_("The last day lies before the first one."),
    # demos
    "demo.transition": N_("A demo cannot go from “{old}” to “{new}”."),
    "demo.guests": N_("Enter a number of guests between 0 and 10,000 (companions: up to 100)."),
    "demo.times": N_("The end lies before the start."),
    "demo.has_orders": N_("There are {count} orders from this demo, so it cannot be deleted. Cancel it instead."),
    # host programmes and party
    "programme.name": N_("Enter the name of the programme."),
    "programme.empty": N_("A programme gives something: add a step with a reward."),
    "programme.no_rungs": N_("This ladder has no step yet. Add one, or remove the ladder."),
    "programme.rung_order": N_("Each step begins higher than the one before."),
    "programme.too_many": N_("These are too many (at most {most})."),
    "programme.rights": N_("Enter a number of rights between {least} and {most}."),
    "programme.share_range": N_("A share lies between 0 and 100 %."),
    "programme.gift": N_("A gift needs a name and a quantity between 1 and 1,000."),
    "programme.negative": N_("This cannot be negative."),
    "programme.too_large": N_("This number is too large."),
    "programme.days": N_("Enter a number of days up to {most}."),
    "programme.twice": N_("This condition is there already."),
    "programme.no_points": N_("Say first how points are earned."),
    "programme.co_hosts": N_("This programme shares its reward among at most {most} hosts."),
    "programme.in_use": N_("{count} demos use this programme. End it with a last day instead of deleting it."),
    "programme.unreadable": N_("The rules of this programme cannot be read."),
    "redeem.expired": N_("The reward expired on {expires_on}."),
    "redeem.lost": N_(
        "What was not redeemed until the demo was closed is lost under this programme. Reopen the demo first."
    ),
    "redeem.pooled": N_("After the close, what is left goes to the host's next demo under this programme."),
    "redeem.kept_until": N_("The programme kept what was left until {until}."),
    "redeem.no_reward": N_("This person has no reward to redeem at this demo."),
    "redeem.no_credit": N_("Line {line}: there is no credit left for it. Sales of {sales} count."),
    "redeem.quantity": N_("Line {line}: enter a quantity of whole pieces up to {most}."),
    "redeem.price": N_("Line {line}: the price cannot be negative."),
    "redeem.rights": N_(
        "Line {line} takes {weight} of the half-price rights, but {used} of {rights} are used. "
        "Sales of {sales} reach the step from {start}, which gives {rights}."
    ),
    "redeem.rights_left": N_(
        "Line {line} takes {weight} of the half-price rights, but {used} of {rights} are used. Sales of {sales} count."
    ),
    "redeem.gift": N_("Line {line}: “{gift}” was earned {given} times only."),
    "demo.booked_before": N_("The new demo lies before the one at which it was booked."),
    "cash.pieces": N_("Enter how many pieces there are, from 0 to 1,000,000."),
    "cash.unknown_denomination": N_("This currency has no such coin or note."),
    "earnings.too_many": N_("These are too many steps (at most {most})."),
    "earnings.step_order": N_("Each step begins higher than the one before."),
    "earnings.class_twice": N_("The class “{name}” is there already."),
    "earnings.share_range": N_("A share lies between 0 and 100 %."),
    "earnings.unreadable": N_("The rules of your earnings cannot be read."),
    "settlement.hours": N_("Enter the hours of work, more than nothing."),
    "settlement.distance": N_("A distance cannot be negative."),
    "notice.no_deadline": N_("This notice shows the last day to cancel. Enter the date of the sale first."),
    "notice.no_right": N_("This order carries no right to cancel, so there is no notice for it."),
    "withdrawal.not_binding": N_("Only a placed or delivered order can be cancelled by the customer."),
    "withdrawal.before_order": N_("The notice lies before the order. Check the date."),
    "withdrawal.choice": N_("Say who bears what the host has redeemed too much."),
    "quote.no_end": N_("Enter the last day on which the quote holds."),
    "quote.end": N_("The quote would end before its own date."),
    "quote.too_long": N_("A quote holds for a year at most."),
    "quote.not_open": N_("This quote is not open any more: it was accepted, declined or taken back."),
    "quote.has_payments": N_("Money was taken for this order already, so it cannot be a quote any more."),
    "payment.quote": N_("Nothing is paid on a quote. Accept it first: then it is an order."),
    "paper.no_quote": N_("This order is no quote any more, so no quote can be printed."),
    "paper.is_quote": N_("A quote is not cancelled by a paper: decline it, or print a new one."),
    "signature.empty": N_("Sign in the field first."),
    "signature.too_long": N_("This is too much for a signature. Clear the field and sign again."),
    "signature.unreadable": N_("This signature cannot be read. Clear the field and sign again."),
    "signature.cancelled_order": N_("This order is cancelled; there is nothing to sign."),
    # orders
    "order.empty": N_("Add at least one product."),
    "order.no_customer": N_("Choose the customer."),
    "order.transition": N_("An order cannot go from “{old}” to “{new}”."),
    "order.issued": N_(
        "Paper {number} shows these figures. Cancel the paper first, then change the order and issue it anew."
    ),
    "order.has_papers": N_("Paper {number} was issued for this order. Cancel the paper first."),
    "order.has_payments": N_("There are payments for this order. Give them back or cancel them first."),
    "order.not_draft": N_("Only a draft can be deleted. Cancel the order instead."),
    "order.on_hold": N_(
        "Hold – do not hand over: a payment came back, and {amount} is open. Hand the goods over all the same?"
    ),
    "order.delivered_before_order": N_("The delivery lies before the order. Check the date."),
    "discount.negative": N_("A discount cannot be negative."),
    "discount.too_large": N_("The discount is larger than what it is taken off."),
    "discount.both": N_("Enter the discount as a percentage or as an amount, not both."),
    "host_credit.negative": N_("Host credit cannot be negative."),
    # payments
    "payment.zero": N_("Enter the amount."),
    "payment.too_large": N_("This amount is too large. Check the decimal sign."),
    "payment.negative": N_("The amount given cannot be negative."),
    "payment.banned": N_("{source}: no payment of any kind before {first_day}."),
    "payment.banned_party": N_(
        "{source}: no payment of any kind before {first_day}, unless the host agreed in advance to the party at home."
    ),
    "payment.banned_place": N_(
        "{source}: no payment of any kind before {first_day}, unless the customer agreed online, by telephone or in your "
        "shop. Place the order first, then say so at “Right to cancel”."
    ),
    "payment.not_a_check": N_("Only a check that was taken can come back from the bank."),
    "payment.card_number": N_("Never write down a whole card number. At most the last four digits."),
    "payment.cancelled_order": N_("This order was cancelled. Only money given back can be entered."),
    "payment.already_cancelled": N_("This payment was cancelled already."),
    # papers
    "paper.already_issued": N_("Paper {number} was issued already. Cancel it before you issue another one."),
    "paper.already_cancelled": N_("Paper {number} was cancelled already."),
    "paper.is_cancellation": N_("Paper {number} cancels another one and cannot be cancelled itself."),
    "paper.cancelled_order": N_("This order was cancelled."),
    "paper.no_address": N_("Enter your name and address in the settings first: every paper must show them."),
    "paper.no_reason": N_("Say in a few words why the paper is cancelled."),
    "paper.nothing_to_cancel": N_("No paper of this order holds any more."),
    "paper.date_back": N_(
        "The last paper of this series was issued on {last}, later than today. Check the date of this computer."
    ),
    "paper.file_missing": N_("The file of this paper is not in the data. Run the check of the data."),
    "paper.unreadable": N_("The stored content of this paper cannot be read."),
    # follow-ups
    "follow_up.closed": N_("This follow-up was closed already."),
    # settings
    "business.iban": N_("This IBAN is mistyped: its check digits do not fit."),
    "business.bic": N_("A BIC has 8 or 11 letters and digits, like BYLADEM1001."),
    "business.accent": N_("Write a colour like #0F766E."),
    "business.due_days": N_("Enter a number of days between 0 and 365."),
    "business.shipping": N_("A shipping charge cannot be negative."),
    "device.name": N_("Enter a name for this laptop."),
    "business.name": N_("Enter your name as it is to stand on papers."),
    "tax.rate_range": N_("A tax rate lies between 0 and 100 %."),
    "tax.label": N_("Enter what the tax is called on papers."),
    "tax.period": N_("The last day lies before the first one."),
    "tax.unknown_class": N_("There is no tax rate for the tax class “{tax_class}”. Add one in the settings."),
    "tax.profile": N_("The tax rules stored with this order cannot be read."),
    "logo.unreadable": N_("This is not a picture. Choose a PNG or JPEG file."),
    "logo.too_large": N_("This picture is too large. Choose one with fewer than 4,000 pixels a side."),
    # numbers, dates, money
    "number.negative": N_("This number cannot be negative."),
    "number.invalid": N_("This is not a number."),
    "number.grouping": N_("The separators of this number are ambiguous. Write it like 1234.56 in your own notation."),
    "number.too_large": N_("This number is too large."),
    "number.too_precise": N_("This number has too many decimals (six at most)."),
    "number.not_a_number": N_("This is not a number."),
    "number.wrong_mark": N_("The decimal sign of this number does not fit the column."),
    "number.scientific": N_("Numbers with an exponent are not taken."),
    "number.percent": N_("A percentage stands where a number is expected."),
    "number.ambiguous": N_("It is not clear which sign is the decimal sign here. Choose it."),
    "date.invalid": N_("This is not a date."),
    "date.not_a_date": N_("This is not a date."),
    "date.does_not_exist": N_("This day does not exist."),
    "date.wrong_order": N_("Day and month stand in another order than in the rest of the column."),
    "date.ambiguous": N_("It is not clear whether the day or the month comes first. Choose the order."),
    "money.currency_mismatch": N_("These amounts are in different currencies."),
    "money.unknown_currency": N_("This currency is not known."),
    "money.no_weights": N_("There is nothing to spread the amount over."),
    "money.increment": N_("Cash is rounded to at least the smallest unit."),
    # records
    "record.missing": N_("This was deleted in the meantime."),
}
