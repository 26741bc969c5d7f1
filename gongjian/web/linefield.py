"""A line of words in a form."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from gongjian.ledgers.remarks import remark

_WORDS: Final = 500


class LineField(forms.CharField):
    """Words that are kept for good, on one line and without what nobody can see."""

    def clean(self, value: Any) -> str:
        """The words as they are kept."""
        text = remark(str(super().clean(value)), self.max_length or _WORDS, label=str(self.label))
        if self.required and not text:
            raise ValidationError(self.error_messages["required"], code="required")
        return text
