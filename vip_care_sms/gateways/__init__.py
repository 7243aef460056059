from .base import build, kinds
