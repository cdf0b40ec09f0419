"""Objects of ``/control/routing``: which engine is loaded where, who waits for what, and what was decided and why.

A :class:`Reason` is a code of :class:`Why` and the facts that :data:`WHY_FACTS` names.
"""

from engineroom.domain.routing.reasons import WHY_FACTS, Reason, Why
from engineroom.domain.routing.values import HOST, LEAST_PRIORITY, MOST_PRIORITY, PRIORITY, NeedOrigin
from engineroom.domain.routing.views import Decided, DecisionView, PlaceView, RouteView, RoutingView

__all__ = [
    "HOST",
    "LEAST_PRIORITY",
    "MOST_PRIORITY",
    "PRIORITY",
    "WHY_FACTS",
    "Decided",
    "DecisionView",
    "NeedOrigin",
    "PlaceView",
    "Reason",
    "RouteView",
    "RoutingView",
    "Why",
]
