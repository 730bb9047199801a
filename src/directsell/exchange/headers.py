"""Names that programs give to columns, in six languages, per target field. Vocabulary only."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Target = Literal["sales", "people", "products"]
ValueKind = Literal["text", "code", "number", "percent", "date", "flag"]

# field -> kind of its values
FIELDS: dict[Target, dict[str, ValueKind]] = {
    "sales": {
        "number": "code",
        "date": "date",
        "code": "code",
        "barcode": "code",
        "description": "text",
        "quantity": "number",
        "unit_price": "number",
        "line_total": "number",
        "discount": "percent",
        "tax_rate": "percent",
        "currency": "code",
        "customer_id": "code",
        "customer_name": "text",
        "customer_email": "text",
        "customer_phone": "text",
        "country": "text",
        "note": "text",
    },
    "people": {
        "full_name": "text",
        "prefix": "text",
        "first_name": "text",
        "middle_name": "text",
        "last_name": "text",
        "suffix": "text",
        "nickname": "text",
        "company": "text",
        "department": "text",
        "job_title": "text",
        "phone": "text",
        "phone_mobile": "text",
        "phone_home": "text",
        "phone_work": "text",
        "phone_fax": "text",
        "email": "text",
        "email_home": "text",
        "email_work": "text",
        "website": "text",
        "street": "text",
        "street2": "text",
        "postcode": "text",
        "city": "text",
        "region": "text",
        "country": "text",
        "work_street": "text",
        "work_postcode": "text",
        "work_city": "text",
        "work_region": "text",
        "work_country": "text",
        "birthday": "date",
        "anniversary": "date",
        "tags": "text",
        "lead_source": "text",
        "language": "text",
        "note": "text",
        "external_id": "code",
    },
    "products": {
        "code": "code",
        "name": "text",
        "description": "text",
        "barcode": "code",
        "brand": "text",
        "category": "text",
        "unit": "text",
        "price": "number",
        "wholesale_price": "number",
        "currency": "code",
        "tax_class": "text",
        "tax_rate": "percent",
        "weight": "number",
        "stock": "number",
        "minimum_stock": "number",
        "active": "flag",
        "note": "text",
    },
}

# Fields that several columns may feed together.
REPEATABLE: frozenset[str] = frozenset(
    {"phone", "phone_mobile", "phone_home", "phone_work", "phone_fax", "email", "email_home", "email_work", "tags"}
    | {"website", "note", "category"}
)

# Words of English, German, French, Spanish, Italian, Polish, and the exact headers of address books. The first word
# that fits counts; a word may stand for different fields of different targets.
_SYNONYMS: dict[Target, dict[str, str]] = {
    "sales": {
        "number": "invoice no|invoice number|invoice|invoiceno|order|order no|order number|order id|orderid|"
        "receipt|receipt no|document|document no|bill no|sale id|transaction id|transaction|voucher no|"
        "rechnungsnummer|rechnungsnr|rechnung|rechnung nr|belegnummer|belegnr|beleg|auftragsnummer|auftrag|"
        "bestellnummer|bestellung|bonnummer|numero de facture|no facture|facture|numero de commande|commande|"
        "n commande|n facture|numero de factura|factura|n factura|numero de pedido|pedido|n pedido|"
        "numero fattura|fattura|n fattura|numero ordine|ordine|numer faktury|nr faktury|faktura|numer zamowienia|"
        "nr zamowienia|zamowienie|nr dokumentu|paragon",
        "date": "date|invoice date|invoicedate|order date|sale date|sold on|created at|document date|datum|"
        "rechnungsdatum|belegdatum|bestelldatum|auftragsdatum|verkaufsdatum|date de facture|date facture|"
        "date de commande|date commande|fecha|fecha factura|fecha de factura|fecha pedido|fecha de pedido|data|"
        "data fattura|data ordine|data faktury|data sprzedazy|data zamowienia|data wystawienia|day|time|datetime",
        "code": "stock code|stockcode|code|item code|item no|item number|item|sku|product code|product id|"
        "article|article no|article number|artikelnummer|artikelnr|artikel nr|artnr|art nr|artikel|produktnummer|"
        "reference|ref|code article|code produit|codigo|codigo de articulo|codigo articulo|codigo producto|"
        "referencia|codice|codice articolo|codice prodotto|articolo|kod|kod produktu|kod towaru|indeks|symbol|"
        "lineitem sku",
        "barcode": "barcode|ean|ean13|gtin|upc|strichcode|code barres|code barre|codigo de barras|codice a barre|"
        "kod kreskowy",
        "description": "description|item description|product|product name|item name|name|title|details|"
        "bezeichnung|artikelbezeichnung|beschreibung|produkt|produktname|text|designation|libelle|produit|"
        "descripcion|producto|articulo|descrizione|prodotto|opis|nazwa|nazwa towaru|nazwa produktu|towar|"
        "lineitem name",
        "quantity": "quantity|qty|units|pieces|pcs|amount ordered|menge|anzahl|stuck|stueck|stk|quantite|qte|"
        "nombre|cantidad|cant|unidades|quantita|qta|pezzi|ilosc|szt|sztuk|lineitem quantity",
        "unit_price": "unit price|unitprice|price|price each|item price|rate|einzelpreis|preis|stuckpreis|"
        "stueckpreis|e preis|ep|prix unitaire|prix|pu|precio unitario|precio|prezzo unitario|prezzo|"
        "cena jednostkowa|cena|lineitem price",
        "line_total": "line total|total|amount|sum|line amount|subtotal|extended price|gesamtpreis|gesamt|summe|"
        "betrag|gesamtbetrag|montant|montant total|total ligne|importe|importe total|importo|totale|totale riga|"
        "wartosc|suma|razem|kwota",
        "discount": "discount|discount percent|rabatt|nachlass|remise|rabais|descuento|sconto|rabat",
        "tax_rate": "tax rate|vat rate|tax|vat|mwst|mwst satz|ust|steuersatz|tva|taux tva|iva|tipo iva|aliquota|"
        "aliquota iva|vat stawka|stawka vat",
        "currency": "currency|currency code|wahrung|waehrung|devise|monnaie|moneda|divisa|valuta|waluta",
        "customer_id": "customer id|customerid|customer no|customer number|client id|client no|account|"
        "account no|kundennummer|kundennr|kunden nr|kdnr|numero client|n client|code client|numero de cliente|"
        "n cliente|codigo cliente|codice cliente|numero cliente|numer klienta|nr klienta|id klienta",
        "customer_name": "customer|customer name|client|client name|buyer|billing name|bill to|guest|kunde|"
        "kundin|kundenname|gast|nom du client|nom client|acheteur|cliente|nombre del cliente|nombre cliente|"
        "comprador|nome cliente|acquirente|klient|nazwa klienta|nabywca|kupujacy",
        "customer_email": "email|e mail|customer email|mail|e mail adresse|courriel|correo|correo electronico|"
        "posta elettronica|adres email",
        "customer_phone": "phone|telephone|customer phone|mobile|telefon|telefonnummer|handy|telephone client|"
        "telefono|telefono cliente|movil|cellulare|numer telefonu|komorka",
        "country": "country|land|pays|pais|paese|nazione|kraj|billing country|shipping country",
        "note": "note|notes|comment|comments|remark|remarks|notiz|bemerkung|kommentar|commentaire|remarque|nota|"
        "notas|comentario|observaciones|commento|osservazioni|uwagi|notatka|komentarz",
    },
    "people": {
        "full_name": "name|full name|display name|contact|contact name|customer|customer name|kunde|kundin|"
        "kontakt|ansprechpartner|vollstandiger name|anzeigename|nom complet|contacto|nombre completo|"
        "nome completo|contatto|imie i nazwisko|nazwa|nazwa klienta|klient|file as",
        "prefix": "title|prefix|name prefix|salutation|honorific prefix|anrede|titel|civilite|titre|tratamiento|"
        "titulo|titolo|tytul|zwrot",
        "first_name": "first name|firstname|given name|forename|vorname|prenom|nombre|nombre de pila|nome|imie",
        "middle_name": "middle name|additional name|additional names|second name|zweiter vorname|"
        "weitere vornamen|deuxieme prenom|segundo nombre|secondo nome|drugie imie",
        "last_name": "last name|lastname|family name|surname|nachname|familienname|zuname|nom|nom de famille|"
        "apellido|apellidos|cognome|nazwisko",
        "suffix": "suffix|name suffix|honorific suffix|namenszusatz|suffixe|sufijo|suffisso",
        "nickname": "nickname|nick|short name|spitzname|rufname|surnom|apodo|soprannome|pseudonim",
        "company": "company|organization|organisation|organization name|organization 1 name|business|firm|firma|"
        "unternehmen|betrieb|societe|entreprise|empresa|compania|azienda|societa|ditta|przedsiebiorstwo",
        "department": "department|organization department|organization 1 department|abteilung|service|"
        "departement|departamento|reparto|dzial",
        "job_title": "job title|organization title|organization 1 title|position|role|beruf|stellung|funktion|"
        "fonction|poste|profession|puesto|cargo|profesion|posizione|mansione|professione|stanowisko|zawod",
        "phone": "phone|telephone|tel|phone number|primary phone|other phone|phone 1 value|phone 2 value|"
        "phone 3 value|phone 4 value|telefon|telefonnummer|rufnummer|numero de telephone|telefono|"
        "numero de telefono|numero di telefono|numer telefonu|nr telefonu|nr tel|weiteres telefon",
        "phone_mobile": "mobile|mobile phone|cell|cell phone|cellphone|handy|handynummer|mobil|mobiltelefon|"
        "mobilnummer|portable|telephone portable|gsm|movil|telefono movil|celular|cellulare|telefono cellulare|"
        "komorka|telefon komorkowy|tel kom",
        "phone_home": "home phone|phone home|home phone 2|telefon privat|private phone|festnetz|telefon 2 privat|"
        "telephone domicile|tel domicile|telefono casa|telefono particular|telefono fijo|telefono abitazione|"
        "telefon domowy|fixe",
        "phone_work": "business phone|work phone|phone work|office phone|business phone 2|company main phone|"
        "telefon geschaftlich|telefon arbeit|dienstlich|telephone bureau|tel bureau|telefono trabajo|"
        "telefono oficina|telefono ufficio|telefono lavoro|telefon sluzbowy",
        "phone_fax": "fax|business fax|home fax|fax number|faxnummer|fax geschaftlich|fax privat|telecopie|faks",
        "email": "email|e mail|mail|email address|e mail address|e mail 2 address|e mail 3 address|"
        "e mail 1 value|e mail 2 value|e mail 3 value|email 1|email 2|e mail adresse|e mail 2 adresse|"
        "e mail 3 adresse|courriel|adresse e mail|adresse mail|adresse de messagerie|correo|correo electronico|"
        "direccion de correo electronico|email cliente|posta elettronica|indirizzo email|"
        "indirizzo di posta elettronica|adres email|adres e mail|poczta elektroniczna",
        "email_home": "home email|private email|personal email|e mail privat|email personal|email personale",
        "email_work": "work email|business email|e mail geschaftlich|email professionnel|email trabajo|email lavoro",
        "website": "website|web|url|web page|homepage|website 1 value|webseite|internetseite|site web|page web|"
        "sitio web|pagina web|sito web|strona www|strona internetowa",
        "street": "street|address|address 1|address line 1|street address|home street|address 1 street|"
        "home address|strasse|anschrift|adresse|strasse und hausnummer|strasse privat|rue|adresse 1|rue domicile|"
        "calle|direccion|domicilio|calle particular|via|indirizzo|indirizzo 1|ulica|adres|ulica dom",
        "street2": "street 2|address 2|address line 2|home street 2|address 1 extended address|adresszusatz|"
        "complement d adresse|adresse 2|direccion 2|indirizzo 2|adres 2",
        "postcode": "postcode|post code|postal code|zip|zip code|zip postal code|home postal code|"
        "address 1 postal code|plz|postleitzahl|postleitzahl privat|code postal|cp|code postal domicile|"
        "codigo postal|cap|codice postale|kod pocztowy|kod",
        "city": "city|town|home city|address 1 city|suburb|ort|stadt|wohnort|ort privat|ville|ville domicile|"
        "ciudad|poblacion|localidad|citta|comune|localita|miasto|miejscowosc",
        "region": "state|region|province|county|home state|address 1 region|bundesland|kanton|region privat|"
        "bundesland kanton privat|departement administratif|provincia|estado|regione|wojewodztwo",
        "country": "country|home country|home country region|address 1 country|land|land privat|"
        "land region privat|pays|pais|paese|nazione|kraj",
        "work_street": "business street|work street|work address|business address|strasse geschaftlich|"
        "address 2 street|rue bureau",
        "work_postcode": "business postal code|work postal code|work zip|postleitzahl geschaftlich|"
        "address 2 postal code",
        "work_city": "business city|work city|ort geschaftlich|address 2 city",
        "work_region": "business state|work state|region geschaftlich|bundesland kanton geschaftlich|address 2 region",
        "work_country": "business country|business country region|work country|land geschaftlich|"
        "land region geschaftlich|address 2 country",
        "birthday": "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversaire|"
        "date de naissance|naissance|cumpleanos|fecha de nacimiento|nacimiento|compleanno|data di nascita|"
        "nascita|urodziny|data urodzenia",
        "anniversary": "anniversary|wedding anniversary|jahrestag|hochzeitstag|anniversaire de mariage|"
        "aniversario|anniversario|rocznica|rocznica slubu",
        "tags": "tags|tag|labels|label|groups|group|group membership|categories|category|keywords|kategorien|"
        "kategorie|gruppe|gruppen|schlagworte|etiquettes|groupes|groupe|categorie|etiquetas|grupo|grupos|"
        "categoria|categorias|etichette|gruppo|gruppi|categorie di contatti|etykiety|grupa|grupy|kategoria",
        "lead_source": "lead source|source|referred by|referral|how did you hear|herkunft|quelle|empfohlen von|"
        "kontaktquelle|origine|recommande par|provenance|origen|referido por|fuente|origine contatto|fonte|"
        "segnalato da|zrodlo|polecony przez|skad",
        "language": "language|locale|preferred language|sprache|langue|idioma|lengua|lingua|jezyk",
        "note": "note|notes|comment|comments|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|"
        "commentaire|remarque|remarques|nota|notas|comentarios|observaciones|commenti|osservazioni|uwagi|notatki|"
        "notatka",
        "external_id": "id|customer id|customer no|customer number|account|kundennummer|kundennr|kunden nr|"
        "numero client|n client|code client|numero de cliente|codigo cliente|codice cliente|numer klienta|"
        "nr klienta",
    },
    "products": {
        "code": "code|sku|item code|item no|item number|item|product code|product id|article|article no|"
        "article number|stock code|stockcode|model|variant sku|artikelnummer|artikelnr|artikel nr|artnr|art nr|"
        "bestellnummer|produktnummer|nummer|reference|ref|code article|code produit|codigo|referencia|"
        "codigo articulo|codigo producto|codice|codice articolo|codice prodotto|kod|kod produktu|kod towaru|"
        "indeks|symbol|id",
        "name": "name|product|product name|item name|title|item description|bezeichnung|artikel|"
        "artikelbezeichnung|artikelname|produkt|produktname|titel|nom|produit|designation|libelle|nom du produit|"
        "nombre|producto|articulo|nombre del producto|nome|prodotto|articolo|nome prodotto|nazwa|nazwa produktu|"
        "nazwa towaru|towar",
        "description": "description|long description|details|body|beschreibung|langtext|artikelbeschreibung|"
        "descriptif|descripcion|descrizione|opis|opis produktu",
        "barcode": "barcode|bar code|ean|ean13|ean code|ean 13|gtin|upc|isbn|variant barcode|strichcode|"
        "barcode ean|code barres|code barre|codigo de barras|codigo barras|codice a barre|kod kreskowy|kod ean",
        "brand": "brand|manufacturer|vendor|maker|label|marke|hersteller|marque|fabricant|marca|fabricante|"
        "produttore|marka|producent",
        "category": "category|categories|group|product group|type|product type|department|kategorie|warengruppe|"
        "gruppe|artikelgruppe|produktgruppe|categorie|famille|groupe|rayon|categoria|familia|grupo|tipo|gruppo|"
        "famiglia|kategoria|grupa|grupa towarowa|rodzaj",
        "unit": "unit|uom|unit of measure|sales unit|einheit|mengeneinheit|me|unite|unite de vente|unidad|"
        "unidad de medida|unita|unita di misura|um|jednostka|jm|j m|jednostka miary",
        "price": "price|retail price|list price|selling price|sale price|unit price|unitprice|rrp|msrp|"
        "variant price|preis|verkaufspreis|vk|vk preis|listenpreis|uvp|bruttopreis|endpreis|prix|prix de vente|"
        "prix public|prix ttc|pvp|precio|precio de venta|precio venta|prezzo|prezzo di vendita|"
        "prezzo al pubblico|prezzo di listino|cena|cena sprzedazy|cena brutto|cena detaliczna",
        "wholesale_price": "wholesale price|wholesale|cost|cost price|unit cost|dealer price|purchase price|"
        "cost per item|einkaufspreis|ek|ek preis|haendlerpreis|handlerpreis|nettopreis|grosshandelspreis|"
        "prix d achat|prix de revient|prix de gros|precio de coste|coste|precio de compra|precio mayorista|"
        "prezzo di acquisto|costo|prezzo all ingrosso|cena zakupu|cena hurtowa|koszt",
        "currency": "currency|currency code|wahrung|waehrung|devise|monnaie|moneda|divisa|valuta|waluta",
        "tax_class": "tax class|tax code|tax category|vat code|steuerklasse|steuerschlussel|steuercode|"
        "classe de taxe|code tva|clase de impuesto|classe fiscale|codice iva|klasa podatku|grupa vat",
        "tax_rate": "tax rate|vat rate|tax|vat|mwst|mwst satz|ust|ust satz|steuersatz|tva|taux tva|taux de tva|"
        "iva|tipo iva|tipo de iva|aliquota|aliquota iva|stawka vat|vat stawka",
        "weight": "weight|weight g|weight kg|grams|variant grams|net weight|gewicht|gewicht g|gewicht kg|poids|"
        "poids g|poids kg|peso|peso g|peso kg|waga|waga kg|masa",
        "stock": "stock|quantity|qty|on hand|stock level|inventory|variant inventory qty|bestand|lagerbestand|"
        "menge|stock disponible|quantite|existencias|cantidad|giacenza|quantita|stan|stan magazynowy|ilosc",
        "minimum_stock": "minimum stock|min stock|reorder level|reorder point|safety stock|mindestbestand|"
        "meldebestand|stock minimum|seuil de reappro|stock minimo|scorta minima|stan minimalny|minimum",
        "active": "active|enabled|published|available|aktiv|verfugbar|actif|disponible|activo|attivo|disponibile|"
        "aktywny|dostepny",
        "note": "note|notes|comment|comments|remark|notiz|bemerkung|kommentar|commentaire|remarque|nota|notas|"
        "comentario|observaciones|commento|uwagi|notatka",
    },
}

SYNONYMS: dict[Target, dict[str, tuple[str, ...]]] = {
    target: {name: tuple(words.split("|")) for name, words in fields.items()} for target, fields in _SYNONYMS.items()
}

_SPECIAL_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "l", "œ": "oe", "æ": "ae", "ø": "o", "№": "no", "°": " ", "º": " "}
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[^0-9a-z]+")


def normalised(header: str) -> str:
    """Return a header as the vocabulary spells it: lower case, no accents, single spaces ("Rechnungs-Nr." and such)."""
    text = _CAMEL.sub(" ", header.strip()).translate(_SPECIAL_LETTERS)
    text = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
    return _NO_WORD.sub(" ", text.lower()).strip()


_KNOWN: frozenset[str] = frozenset(
    word.replace(" ", "") for fields in SYNONYMS.values() for words in fields.values() for word in words
)


def is_known(header: str) -> bool:
    """Tell whether some program is known to head a column like this."""
    return normalised(header).replace(" ", "") in _KNOWN
