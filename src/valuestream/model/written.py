"""Values that have a written form: pydantic reads them by `parse` and writes them by `write`."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Written(ABC):
    """The base of such a value. `SCHEMA` is the JSON Schema of its written form."""

    __slots__ = ()
    SCHEMA: ClassVar[dict[str, Any]]

    @classmethod
    @abstractmethod
    def parse(cls, written: object) -> Self:
        """The value in what is written; ValueError says what to write instead."""

    def write(self) -> object:
        """What is written for the value."""
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls.write)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return cls.SCHEMA
