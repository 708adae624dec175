"""What `update` carries over, held against what translators did and against stories whose truth is known."""
