"""Seasons, categories, sizes and garments, ready to be sold at the registers."""

from typing import NamedTuple

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
    records = chain.load(
        "vip.season",
        {
            f"season_{season.key}": {
                "name": season.name,
                "date_from": season.first_day,
                "date_to": season.last_day,
            }
            for season in known
        },
    )
    chain.seasons = {season.key: records[f"season_{season.key}"] for season in known}
    categories, tabs = _create_categories(chain)
    sizes = _create_sizes(chain)
    garments = collection(known)
    templates = chain.load(
        "product.template",
        {
            f"garment_{garment.key}": {
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
            for garment in garments
        },
    )
    chain.items = {
        garment.key: _price(templates[f"garment_{garment.key}"], garment)
        for garment in garments
    }


def _create_categories(chain):
    root = chain.load("product.category", {"category": {"name": "云岫衣坊"}})["category"]
    categories = chain.load(
        "product.category",
        {
            f"category_{key}": {
                "name": name,
                "parent_id": root.id,
                "vip_size_kind": kind or False,
            }
            for key, (name, kind, _sizes) in CATEGORIES.items()
        },
    )
    tabs = chain.load(
        "pos.category",
        {
            f"tab_{key}": {"name": name, "sequence": number, "color": number}
            for number, (key, (name, *_rest)) in enumerate(CATEGORIES.items(), 1)
        },
    )
    return (
        {key: categories[f"category_{key}"] for key in CATEGORIES},
        {key: tabs[f"tab_{key}"] for key in CATEGORIES},
    )


def _create_sizes(chain):
    attributes = chain.load(
        "product.attribute",
        {
            f"sizes_{key}": {
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
    return {key: attributes[f"sizes_{key}"] for key in SIZES}


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
