import plotly.graph_objects as go

from viz.slider import play_button, stop_slider

NAMES = ["first", "second", "third"]


def figure(*, gliding: bool) -> go.Figure:
    layout = {
        "updatemenus": [play_button("Play", 70, gliding=gliding)],
        "sliders": [stop_slider(NAMES, 0.3, gliding=gliding)],
    }
    frames = [{"name": str(stop), "data": []} for stop in range(3)]
    return go.Figure(layout=layout, frames=frames)


def test_each_stop_shows_the_frame_of_its_place_and_the_last_is_shown_first() -> None:
    made = figure(gliding=True)
    (slider,) = made.layout.sliders
    assert [step.label for step in slider.steps] == NAMES
    assert [step.args[0][0] for step in slider.steps] == [frame.name for frame in made.frames]
    assert slider.active == 2


def test_it_ends_inside_the_picture() -> None:
    (slider,) = figure(gliding=True).layout.sliders
    assert 0.3 == slider.x < slider.x + slider.len < 1


def test_marks_glide_or_are_drawn_anew() -> None:
    for gliding in (True, False):
        made = figure(gliding=gliding)
        played = made.layout.updatemenus[0].buttons[0].args[1]
        stopped = made.layout.sliders[0].steps[0].args[1]
        for moved in (played, stopped):
            assert moved["frame"]["redraw"] is not gliding
            assert (moved["transition"]["duration"] > 0) is gliding
        assert played["frame"]["duration"] == 70
