"""Pages that join several packages: the home of each role, the navigation, one person's and one organisation's page.

Has no tables. Start reading at navigation.py, then views/.
"""
