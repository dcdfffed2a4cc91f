"""What the console's tests begin with."""

import pytest

from tests.agent_console.stage import Stage, at_work


@pytest.fixture
async def stage() -> Stage:
    """Signed in, with two chats of ours and one that waits."""
    return await at_work()
