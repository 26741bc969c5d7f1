"""Unions: grassroots unions, joint unions, federations, and the employers they cover.

Owns the union ledger, the affiliation among unions and the coverage ledger, and the figures
that read employers and unions together. Refuses to know members and agreements. Looks at
employers, areas, the engines, history and core.
"""
