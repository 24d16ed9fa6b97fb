// SPDX-License-Identifier: Apache-2.0
    .section .rodata
    .global cardea_password_blocklist, cardea_password_blocklist_end
    .hidden cardea_password_blocklist, cardea_password_blocklist_end
cardea_password_blocklist:
    .incbin CARDEA_PASSWORD_BLOCKLIST
cardea_password_blocklist_end:
    .section .note.GNU-stack,"",@progbits
