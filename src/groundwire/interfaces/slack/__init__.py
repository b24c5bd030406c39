"""The Slack door: questions in channels, threads and direct messages, answered with citations.

The way of one message, a file a step: ``app`` receives it, ``routing`` decides whether it is for
us, ``reception`` queues it in ``pool``, ``answering`` asks the desk, ``replies`` and ``outgoing``
lay out what was found, and ``posting`` says it. Only this room names Slack's libraries.
"""
