"""Seasons, categories, sizes and garments, ready to be sold at the registers."""

from typing import NamedTuple

from .company import NAME
from .garments import CATEGORIES, SIZES, collection, seasons


class Item(NamedTuple):
    """One garment in one size, as a basket knows it."""

    product_id: int
    kind: str | None
    size: str | None
    price: float
    cost: float
    season: str | None


def create(chain):
    """Create the goods: `chain.seasons` and `chain.items` (items by garment)."""
    known = seasons(chain.first_day, chain.today)
    chain.seasons = chain.load(
        "vip.season",
        "season",
        {
            season.key: {
                "name": season.name,
                "date_from": season.first_day,
                "date_to": season.last_day,
            }
            for season in known
        },
    )
    garments = {garment.key: garment for garment in collection(known)}
    templates = _create_templates(chain, garments)
    chain.items = {
        key: _price(templates[key], garment) for key, garment in garments.items()
    }


def _create_templates(chain, garments):
    categories, tabs = _create_categories(chain), _create_tabs(chain)
    sizes = _create_sizes(chain)
    return chain.load(
        "product.template",
        "garment",
        {
            key: {
                "name": garment.name,
                "type": "consu",
                "list_price": garment.price,
                "categ_id": categories[garment.category].id,
                "pos_categ_ids": [(6, 0, tabs[garment.category].ids)],
                "available_in_pos": True,
                "taxes_id": [(6, 0, chain.tax.ids)],
                "vip_season_id": garment.season and chain.seasons[garment.season].id,
                "attribute_line_ids": _size_lines(sizes, garment),
            }
            for key, garment in garments.items()
        },
    )


def _create_categories(chain):
    root = chain.load_one("product.category", "category_root", {"name": NAME})
    return chain.load(
        "product.category",
        "category",
        {
            key: {"name": name, "parent_id": root.id, "vip_size_kind": kind or False}
            for key, (name, kind, _sizes) in CATEGORIES.items()
        },
    )


def _create_tabs(chain):
    return chain.load(
        "pos.category",
        "tab",
        {
            key: {"name": name, "sequence": number, "color": number}
            for number, (key, (name, *_rest)) in enumerate(CATEGORIES.items(), 1)
        },
    )


def _create_sizes(chain):
    return chain.load(
        "product.attribute",
        "sizes",
        {
            key: {
                "name": name,
                "vip_is_size": True,
                "display_type": "pills",
                "value_ids": [
                    (0, 0, {"name": value, "sequence": number})
                    for number, value in enumerate(values)
                ],
            }
            for key, (name, values) in SIZES.items()
        },
    )


def _size_lines(sizes, garment):
    attribute = sizes.get(CATEGORIES[garment.category][2])
    if not attribute:
        return []
    values = attribute.value_ids.ids
    return [(0, 0, {"attribute_id": attribute.id, "value_ids": [(6, 0, values)]})]


def _price(template, garment):
    """Give every size its code and cost; return the items."""
    kind = CATEGORIES[garment.category][1]
    items = []
    for product in template.product_variant_ids:
        value = product.product_template_attribute_value_ids
        size = value.product_attribute_value_id.name or None
        code = garment.key.upper().replace("_", "-")
        product.write(
            {
                "default_code": f"{code}-{size}" if size else code,
                "standard_price": garment.cost,
            }
        )
        items.append(
            Item(product.id, kind, size, garment.price, garment.cost, garment.season)
        )
    return items
