"""bpmn-js opens every exported chart in a real browser without a warning and shows all that stands in it."""

from __future__ import annotations

import shutil

import pytest
from lxml import etree

pytestmark = [pytest.mark.once, pytest.mark.browser]
SHOWN = """async xml => {
  const viewer = new BpmnJS({ container: '#here' });
  const { warnings } = await viewer.importXML(xml);
  const all = viewer.get('elementRegistry').filter(one => !one.labelTarget && one.type !== 'bpmn:Collaboration');
  const found = { warnings: warnings.map(String), ids: all.map(one => one.id) };
  viewer.destroy();
  return found;
}"""


@pytest.fixture(scope="module")
def page(node_packages):
    """An empty page with bpmn-js in it; it may fetch nothing."""
    from playwright.sync_api import sync_playwright

    if not shutil.which("chromium"):
        pytest.skip("SKIPPED LOUDLY: no Chromium here, so bpmn-js opens nothing.")
    script = node_packages / "node_modules" / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        page.set_content('<div id="here" style="width:1200px;height:800px"></div>')
        page.add_script_tag(content=script.read_text())
        yield page
        browser.close()


def test_every_chart_opens_without_a_warning_and_every_part_of_it_is_shown(page, bpmn_files):
    for id, file in bpmn_files.items():
        found = page.evaluate(SHOWN, file.read_text())
        drawn = {one.get("bpmnElement") for one in etree.parse(file).iter("{*}BPMNShape", "{*}BPMNEdge")}
        assert found["warnings"] == [] and set(found["ids"]) == drawn, id
