// What the shop sells, for the basket and the search. The pages say the same in HTML.

export const pieces = [
  { slug: 'fireside-teapot', name: 'Fireside teapot', price: 92, words: 'tea pot brewing kitchen pine chalk ember' },
  { slug: 'hearth-mug', name: 'Hearth mug', price: 26, words: 'cup coffee tea drinking oat pine ink' },
  { slug: 'tidepool-bowl', name: 'Tidepool bowl', price: 38, words: 'serving noodle salad table tide celadon ink' },
  { slug: 'meadow-vase', name: 'Meadow vase', price: 58, words: 'flowers stems bottle home celadon blush ink' },
  { slug: 'moon-jar', name: 'Moon jar', price: 148, words: 'vase white large home chalk celadon smoke' },
  { slug: 'fernery-planter', name: 'Fernery planter', price: 46, words: 'plant pot garden terracotta home chalk pine butter' },
  { slug: 'pebble-tumblers', name: 'Pebble tumblers', price: 36, words: 'cups beakers drinking wine coffee set blush oat celadon' },
  { slug: 'ember-plate', name: 'Ember plate', price: 34, words: 'dinner dish table ember celadon ink' },
  { slug: 'dairy-jug', name: 'Dairy jug', price: 44, words: 'pitcher milk pouring flowers kitchen butter chalk tide' },
]

/** The piece with this slug, or undefined. */
export const find = slug => pieces.find(piece => piece.slug === slug)

/** Where the picture of a piece in one of its glazes is. The file colours itself by the fragment. */
export const picture = (slug, glaze) => `/shop/art/${slug}.svg#${glaze}`

/** An amount in whole pounds, as people write it. */
export const pounds = amount => `£${amount.toLocaleString('en-GB')}`
