"""Finding the pieces of a picture that a test speaks of."""


def part_of(picture, organisation):
    return picture.parts.get(organisation=organisation)


def sentence(picture, section, key):
    return picture.sentences.get(section=section, key=key)
