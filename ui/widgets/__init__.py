"""The widgets that the screens are put together from, one idea per module. Each takes the theme first.

plate, badge          a ticket's number; a queue's letter
buttons               primary, secondary, plain, danger; krem and outline on a manggis ground
key_button            the counter's buttons, each with its key
tile, row, switch     what a citizen chooses from
footer, header, edge, wordmark
label, fact, chip     words; an icon with words; a figure with words; a state
card                  grounds: Card (rounded), Field (plain), Rule (a hairline)
field                 a line to type in
sheet                 what lies over a page
running, qr           the running text; a QR code
pressable, box, focus what the others are made of
"""
